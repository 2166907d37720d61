package dev.trellis.api.store;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes ULIDs: 26 characters that sort by time. Within a process each one sorts after the one
 * before, also in the same millisecond and when the clock goes back.
 */
final class Ulids {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 26;
    private static final int BITS = 5;
    private static final int RANDOM_IN_HIGH = 16;

    private record Value(long high, long low) {}

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<Value> last = new AtomicReference<>(new Value(0, 0));

    Ulids(InstantSource clock) {
        this.clock = clock;
    }

    String next() {
        long millis = clock.millis();
        var fresh =
                new Value(
                        millis << RANDOM_IN_HIGH | random.nextInt(1 << RANDOM_IN_HIGH),
                        random.nextLong());
        return text(last.updateAndGet(before -> after(before, fresh)));
    }

    private static Value after(Value before, Value fresh) {
        if (fresh.high() >>> RANDOM_IN_HIGH > before.high() >>> RANDOM_IN_HIGH) {
            return fresh;
        }
        long low = before.low() + 1;
        return new Value(low == 0 ? before.high() + 1 : before.high(), low);
    }

    private static String text(Value value) {
        var out = new char[LENGTH];
        long high = value.high();
        long low = value.low();
        for (int i = LENGTH - 1; i >= 0; i--) {
            out[i] = ALPHABET.charAt((int) (low & 31));
            low = low >>> BITS | high << (Long.SIZE - BITS);
            high >>>= BITS;
        }
        return new String(out);
    }
}
