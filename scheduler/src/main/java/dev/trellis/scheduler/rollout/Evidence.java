package dev.trellis.scheduler.rollout;

import dev.trellis.scheduler.observe.HostId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How long each host has been good, and how long it has been trying: the owner's memory, begun anew
 * by a new owner. Time counts only while the owner looks and is sure of its connection.
 */
public final class Evidence {
    /** Failed starts after which a host is bad. */
    static final int MOST_STARTS = 3;

    /**
     * One host as it is now.
     *
     * @param told it may be stopped and started for its target, so its deadline runs, as it does
     *     while it is ill on its target; one that waits for its turn has none
     * @param fine what it runs is whole and healthy, seen later than our last command to it, and
     *     the host is not suspect
     * @param failedStarts of what its target wants, in a row
     */
    public record Look(
            HostId host,
            HostSeen.On on,
            Target target,
            boolean told,
            boolean fine,
            int failedStarts) {
        boolean tries() {
            return told || target.isOn(on);
        }
    }

    private record Known(
            HostSeen.On on,
            Target target,
            boolean fine,
            boolean tries,
            Duration good,
            Duration off,
            int failedStarts) {}

    private final Map<HostId, Known> known = new HashMap<>();
    private Optional<Instant> last = Optional.empty();
    private Duration healthyTime = Duration.ZERO;
    private Duration healthyDeadline = Duration.ZERO;

    /**
     * Looks at all hosts at once; those that are not named are forgotten.
     *
     * @param counts the time since the look before counts, for and against a host
     */
    public void look(
            Collection<Look> looks,
            boolean counts,
            Duration healthyFor,
            Duration deadline,
            Instant now) {
        healthyTime = healthyFor;
        healthyDeadline = deadline;
        var passed =
                counts
                        ? last.map(then -> Duration.between(then, now)).orElse(Duration.ZERO)
                        : Duration.ZERO;
        last = Optional.of(now);
        Set<HostId> named = looks.stream().map(Look::host).collect(Collectors.toSet());
        known.keySet().retainAll(named);
        for (var look : looks) {
            known.merge(look.host(), first(look), (before, _) -> next(before, look, passed));
        }
    }

    private static Known first(Look look) {
        return new Known(
                look.on(),
                look.target(),
                look.fine(),
                look.tries(),
                Duration.ZERO,
                Duration.ZERO,
                look.failedStarts());
    }

    private Known next(Known before, Look look, Duration passed) {
        boolean stays = before.fine() && look.fine() && before.on() == look.on();
        var good = stays ? before.good().plus(passed) : Duration.ZERO;
        boolean arrived = look.fine() && look.target().isOn(look.on()) && isLongEnough(good);
        boolean tries = look.tries() && before.tries() && before.target() == look.target();
        var off = tries && !arrived ? before.off().plus(passed) : Duration.ZERO;
        return new Known(
                look.on(),
                look.target(),
                look.fine(),
                look.tries(),
                good,
                off,
                look.failedStarts());
    }

    private boolean isLongEnough(Duration good) {
        return good.compareTo(healthyTime) >= 0;
    }

    /** How good a host is on what it runs; of one that was never looked at, nothing good. */
    public HostSeen.Health health(HostId host) {
        var is = known.get(host);
        if (is == null || !is.fine()) {
            return HostSeen.Health.ILL;
        }
        return isLongEnough(is.good()) ? HostSeen.Health.GOOD : HostSeen.Health.VERIFYING;
    }

    /** Whether starting its target has failed too often or taken too long. */
    public boolean isBad(HostId host) {
        var is = known.get(host);
        if (is == null) {
            return false;
        }
        boolean arrived = is.fine() && is.target().isOn(is.on()) && isLongEnough(is.good());
        return !arrived
                && (is.failedStarts() >= MOST_STARTS || is.off().compareTo(healthyDeadline) >= 0);
    }

    /** When a host becomes good or bad by time alone; the end of time when none does. */
    public Instant nextDue() {
        if (last.isEmpty()) {
            return Instant.MAX;
        }
        var next = Instant.MAX;
        for (var is : known.values()) {
            if (is.fine() && !isLongEnough(is.good())) {
                next = earlier(next, last.get().plus(healthyTime).minus(is.good()));
            }
            if (is.tries()
                    && !(is.fine() && is.target().isOn(is.on()))
                    && is.off().compareTo(healthyDeadline) < 0) {
                next = earlier(next, last.get().plus(healthyDeadline).minus(is.off()));
            }
        }
        return next;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
