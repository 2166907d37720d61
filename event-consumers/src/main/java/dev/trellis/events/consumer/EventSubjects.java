package dev.trellis.events.consumer;

import dev.trellis.scheduler.observe.LatticeName;
import java.util.Optional;

/** Where hosts publish; the prefix is fixed in hosts, whatever their control prefix (trap 27). */
final class EventSubjects {
    private final String before;

    EventSubjects(String account) {
        this.before = (account.isEmpty() ? "" : account + ".") + "wasmbus.evt.";
    }

    String all() {
        return before + "*.>";
    }

    String of(LatticeName lattice) {
        return before + lattice + ".>";
    }

    /** The lattice that {@code subject} names; empty when it is no event's. */
    Optional<LatticeName> lattice(String subject) {
        int end = subject.indexOf('.', before.length());
        return subject.startsWith(before) && end > before.length()
                ? Optional.of(new LatticeName(subject.substring(before.length(), end)))
                : Optional.empty();
    }

    /** Whether a stream on {@code subject} captures every event, rather than some. */
    boolean capturedBy(String subject) {
        var ours = all().split("\\.", -1);
        var theirs = subject.split("\\.", -1);
        for (int i = 0; i < theirs.length; i++) {
            if (theirs[i].equals(">")) {
                return i < ours.length;
            }
            if (i >= ours.length || !(theirs[i].equals("*") || theirs[i].equals(ours[i]))) {
                return false;
            }
        }
        return false;
    }
}
