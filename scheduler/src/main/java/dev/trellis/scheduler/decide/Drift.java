package dev.trellis.scheduler.decide;

import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;

/**
 * Tells what somebody changed by hand from what we are still changing ourselves: it was right when
 * last seen, and the same is wanted of it now.
 */
final class Drift {
    /** What a workload on a host was, when it was right. */
    private record What(int count, String label) {}

    private final Flips<At> flips;
    private final Function<Cell, String> label;
    private final Instant now;
    private Instant next = Instant.MAX;

    /** {@code label}: of the version that a host is to run a workload by. */
    Drift(AppMemory memory, Function<Cell, String> label, Instant now) {
        this.flips = memory.flips();
        this.label = label;
        this.now = now;
    }

    /**
     * Whether it was changed so often that it is not put right yet. To be asked of every cell: what
     * is right is remembered.
     */
    boolean waits(Cell cell) {
        var what = new What(cell.wanted(), label.apply(cell));
        if (cell.isDone()) {
            flips.isRight(cell.at(), what);
        }
        if (cell.isDone() || !isDrift(cell, what)) {
            flips.conflict(cell.at(), cell.isDone(), now).ifPresent(f -> wake(f.forgotten()));
            flips.notToCorrect(cell.at());
            return false;
        }
        flips.toCorrect(cell.at());
        if (flips.mayCorrect(cell.at(), now)) {
            return false;
        }
        wake(flips.due(cell.at(), now));
        return true;
    }

    private void wake(Instant at) {
        next = at.isBefore(next) ? at : next;
    }

    /**
     * When the first that waits may be put right, or is a conflict no longer; the end of time when
     * there is none.
     */
    Instant next() {
        return next;
    }

    private boolean isDrift(Cell cell, What what) {
        if (cell.forced().isPresent() || cell.leaving()) {
            return false;
        }
        var last = flips.lastRight(cell.at());
        return last == null
                ? cell.wanted() == 0 && cell.seen().isPresent()
                : Objects.equals(last, what);
    }
}
