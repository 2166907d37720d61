package dev.trellis.scheduler.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
    record Flip(int count, Instant last) {
        /** When nobody speaks of it any more. */
        Instant forgotten() {
            return last.plus(FORGOTTEN);
        }
    }

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration FORGOTTEN = Duration.ofMinutes(30);

    private final Map<K, Flip> flips = new HashMap<>();
    private final Map<K, Object> right = new HashMap<>();
    private final Set<K> corrections = new HashSet<>();

    /** It was seen to be {@code what} is wanted. */
    void isRight(K key, Object what) {
        right.put(key, what);
    }

    /** What it was when it was last seen to be right; null when it never was. */
    @Nullable Object lastRight(K key) {
        return right.get(key);
    }

    /** Whether to put it right now. */
    boolean mayCorrect(K key, Instant now) {
        return !due(key, now).isAfter(now);
    }

    /** What is sent next for it, if anything, is a correction. */
    void toCorrect(K key) {
        corrections.add(key);
    }

    void notToCorrect(K key) {
        corrections.remove(key);
    }

    /** To be called when something is sent for it. */
    void sent(K key, Instant now) {
        if (!corrections.remove(key)) {
            return;
        }
        right.remove(key);
        int before = current(key, now).map(Flip::count).orElse(0);
        flips.put(key, new Flip(before + 1, now));
    }

    /** Present once it was changed again after it had been put right. */
    Optional<Flip> conflict(K key, boolean isRight, Instant now) {
        return current(key, now)
                .filter(flip -> flip.count() > 1 || (!isRight && right.containsKey(key)));
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
        return Optional.ofNullable(flips.get(key)).filter(flip -> flip.forgotten().isAfter(now));
    }

    void forget(Predicate<K> gone) {
        flips.keySet().removeIf(gone);
        right.keySet().removeIf(gone);
        corrections.removeIf(gone);
    }
}
