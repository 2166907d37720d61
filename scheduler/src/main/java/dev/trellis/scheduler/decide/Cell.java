package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.Running;
import java.util.Optional;

/**
 * One workload on one host: wanted, seen and sent.
 *
 * @param wanted instances that it should run there; 0: none
 * @param forced why what is too much there has to go, whatever else waits; absent: it may stay
 * @param leaving what is too much there is wanted elsewhere, or the host is being emptied: it goes
 *     only within the disruption budget
 */
record Cell(
        HostId host,
        Workload workload,
        int wanted,
        Optional<Running> seen,
        Optional<InFlight.Sent> sent,
        Identity identity,
        Optional<String> forced,
        boolean leaving) {
    /** What runs there against what is desired. */
    enum Identity {
        /** Nothing runs. */
        VACANT,
        /** Started like the desired version says: needs no stop. */
        CURRENT,
        /** Started in another way. */
        OTHER,
        /** Its version is still being read. */
        UNKNOWN
    }

    boolean serves() {
        return seen.isPresent() && sent.isEmpty();
    }

    boolean needsStart() {
        return wanted > 0 && identity == Identity.VACANT && sent.isEmpty();
    }

    boolean needsMove() {
        return wanted > 0 && identity == Identity.OTHER;
    }

    boolean needsStop() {
        return wanted == 0 && seen.isPresent() && sent.isEmpty();
    }

    boolean needsCount() {
        return wanted > 0
                && identity == Identity.CURRENT
                && sent.isEmpty()
                && seen.orElseThrow().instances() != wanted;
    }

    boolean isDone() {
        return sent.isEmpty()
                && (wanted == 0
                        ? seen.isEmpty()
                        : identity == Identity.CURRENT && seen.orElseThrow().instances() == wanted);
    }

    /** Instances seen. */
    int running() {
        return seen.map(Running::instances).orElse(0);
    }

    /** Most that may run there at this moment: seen, or on its way. */
    int atMost() {
        return Math.max(running(), sent.map(InFlight.Sent::count).orElse(0));
    }

    /** Fewer are wanted than are seen, of what needs no other version. */
    boolean isSurplus() {
        return seen.isPresent() && running() > wanted;
    }

    At at() {
        return new At(host, workload.id());
    }
}
