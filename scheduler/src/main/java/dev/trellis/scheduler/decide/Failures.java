package dev.trellis.scheduler.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What failed and when it is tried again, by what it was tried on: 1 s, 5 s, then doubling up to 5
 * minutes. What a registry refuses or doesn't have is refused again: after the second attempt it
 * waits at least a minute. Each delay is spread by up to a fifth, so that many hosts don't ask one
 * registry at the same instant. Kept until success.
 */
public final class Failures<K> {
    /**
     * One thing's failures in a row.
     *
     * @param image that was asked for; another one starts afresh
     */
    public record Failure(
            String image,
            String error,
            int count,
            Instant first,
            Instant last,
            Instant nextRetry) {}

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration SECOND = Duration.ofSeconds(5);
    private static final Duration REFUSED = Duration.ofMinutes(1);

    /** How hosts report a registry that says no (captures of host 1.9.2). */
    private static final Pattern REFUSAL =
            Pattern.compile(
                    "\\b(401|403|404)\\b|unauthori[sz]ed|not authori[sz]ed|forbidden|denied"
                            + "|not found|manifest unknown",
                    Pattern.CASE_INSENSITIVE);

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Map<K, Failure> failures = new HashMap<>();

    public void failed(K at, String image, String error, Instant now) {
        var before = failures.get(at);
        var again = before != null && before.image().equals(image) ? before : null;
        int count = again == null ? 1 : again.count() + 1;
        failures.put(
                at,
                new Failure(
                        image,
                        error,
                        count,
                        again == null ? now : again.first(),
                        now,
                        now.plus(delay(at, count, error))));
    }

    public void succeeded(K at) {
        failures.remove(at);
    }

    /** Forgets whatever failed at what is gone. */
    public void forget(Predicate<K> gone) {
        failures.keySet().removeIf(gone);
    }

    /** The failures in a row of this image there; none of another image. */
    public Optional<Failure> of(K at, String image) {
        return Optional.ofNullable(failures.get(at)).filter(f -> f.image().equals(image));
    }

    /** When the first of them is to be tried again after {@code now}; the end of time when none. */
    public Instant nextRetry(Instant now) {
        return failures.values().stream()
                .map(Failure::nextRetry)
                .filter(at -> at.isAfter(now))
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    public boolean isEmpty() {
        return failures.isEmpty();
    }

    static Duration delay(Object at, int count, String error) {
        if (count == 1) {
            return FIRST;
        }
        var base = SECOND.multipliedBy(1L << Math.min(count - 2, 10));
        if (count > 2 && isRefusal(error)) {
            base = REFUSED.multipliedBy(1L << Math.min(count - 3, 10));
        }
        if (base.compareTo(LONGEST) > 0) {
            base = LONGEST;
        }
        int percent = Math.floorMod(at.toString().hashCode() * 31 + count, 20);
        return base.plus(base.multipliedBy(percent).dividedBy(100));
    }

    private static boolean isRefusal(String error) {
        return REFUSAL.matcher(error).find();
    }
}
