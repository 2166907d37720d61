package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.rollout.DenyWindow;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Set;

/** Deny windows last a time that can be told, and leave some of the week. */
final class WindowsCheck implements Check {

    @Override
    public void run(Manifest manifest, Findings findings) {
        Rollouts.find(manifest)
                .ifPresent(found -> {
                    var whole = new HashMap<ZoneId, Set<DayOfWeek>>();
                    var windows = found.policy().windows();
                    for (int k = 0; k < windows.size(); k++) {
                        var path = Paths.item(found.at("windows"), k);
                        var window = windows.get(k);
                        if (wholeDay(window)) {
                            var days =
                                    whole.computeIfAbsent(
                                            window.zone(), _ -> EnumSet.noneOf(DayOfWeek.class));
                            days.addAll(window.days());
                            week(path, days, findings);
                        } else if (window.from().equals(window.to())) {
                            findings.error(
                                    path + ".to",
                                    Rule.IMPOSSIBLE,
                                    "the window ends when it begins; for a whole day write from \"00:00\""
                                            + " to \"24:00\"");
                        }
                    }
                });
    }

    private static boolean wholeDay(DenyWindow window) {
        return window.from().equals(LocalTime.MIDNIGHT) && window.to().equals(LocalTime.MIDNIGHT);
    }

    private static void week(String path, Set<DayOfWeek> days, Findings findings) {
        if (days.size() == DayOfWeek.values().length) {
            findings.error(
                    path,
                    Rule.IMPOSSIBLE,
                    "with this window nothing may begin on any day of the week; leave some time");
        }
    }
}
