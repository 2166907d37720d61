package dev.trellis.scheduler.rollout;

import java.time.Duration;

/** How lengths of time are written for people. */
final class Words {
    private Words() {}

    /** {@code 90s}, {@code 12m}, {@code 1h30m}: whole seconds, the units that matter. */
    static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 120 && seconds % 60 != 0) {
            return seconds + "s";
        }
        long hours = seconds / 3600;
        long minutes = seconds / 60 % 60;
        long rest = seconds % 60;
        var text =
                (hours > 0 ? hours + "h" : "")
                        + (minutes > 0 ? minutes + "m" : "")
                        + (rest > 0 ? rest + "s" : "");
        return text.isEmpty() ? "0s" : text;
    }
}
