package dev.trellis.scheduler.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What others change by hand on what was right. Once it is put right at once; when it is changed
 * again soon after, somebody else means it: then it is reported, and put right ever more rarely (1,
 * 2, 4 minutes, up to 10), until it has stayed right for half an hour.
 */
final class Flips<K> {
    /**
     * @param count corrections in a row
     * @param last when the last was sent
     */
    record Flip(int count, Instant last) {}

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration FORGOTTEN = Duration.ofMinutes(30);

    private final Map<K, Flip> flips = new HashMap<>();
    private final Set<K> right = new HashSet<>();

    /** It was seen as wanted. */
    void isRight(K key) {
        right.add(key);
    }

    /** Something else is wanted of it now: what is sent next corrects nobody. */
    void isToChange(K key) {
        right.remove(key);
    }

    boolean wasRight(K key) {
        return right.contains(key);
    }

    /** Whether to put it right now. */
    boolean mayCorrect(K key, Instant now) {
        return !due(key, now).isAfter(now);
    }

    /** To be called when a correction is sent. */
    void corrected(K key, Instant now) {
        right.remove(key);
        var before = current(key, now);
        flips.put(key, new Flip(before.map(Flip::count).orElse(0) + 1, now));
    }

    /**
     * Present once it was changed again after it had been put right.
     *
     * @param isRight whether it is so now
     */
    Optional<Flip> conflict(K key, boolean isRight, Instant now) {
        return current(key, now).filter(flip -> flip.count() > 1 || (!isRight && wasRight(key)));
    }

    /** When it may be put right; in the past when at once. */
    Instant due(K key, Instant now) {
        var flip = current(key, now);
        if (flip.isEmpty()) {
            return Instant.MIN;
        }
        var delay = FIRST.multipliedBy(1L << Math.min(flip.get().count() - 1, 10));
        return flip.get().last().plus(delay.compareTo(LONGEST) > 0 ? LONGEST : delay);
    }

    private Optional<Flip> current(K key, Instant now) {
        return Optional.ofNullable(flips.get(key))
                .filter(flip -> flip.last().plus(FORGOTTEN).isAfter(now));
    }

    void forget(Predicate<K> gone) {
        flips.keySet().removeIf(gone);
        right.removeIf(gone);
    }
}
