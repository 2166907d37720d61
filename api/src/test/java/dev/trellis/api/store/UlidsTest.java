package dev.trellis.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class UlidsTest {
    @Test
    void manyInOneMillisecondSortAsMadeAndDiffer() {
        var now = Instant.parse("2026-11-22T10:00:00Z");
        var ulids = new Ulids(() -> now);

        var made = new ArrayList<String>();
        for (int i = 0; i < 10_000; i++) {
            made.add(ulids.next());
        }

        assertThat(made).isSorted().doesNotHaveDuplicates();
        assertThat(made).allMatch(ulid -> ulid.matches("[0-7][0-9A-HJKMNP-TV-Z]{25}"));
    }

    @Test
    void aLaterOneSortsAfterAlsoWhenTheClockGoesBack() {
        var now = new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));
        var ulids = new Ulids(now::get);

        var first = ulids.next();
        now.set(now.get().minusSeconds(60));
        var second = ulids.next();
        now.set(now.get().plusSeconds(3600));
        var third = ulids.next();

        assertThat(first).isLessThan(second);
        assertThat(second).isLessThan(third);
    }

    @Test
    void theFirstTenCharactersAreTheMillisecond() {
        // 1469918176385 ms is 01ARYZ6S41 in the ULID specification's own example
        var ulids = new Ulids(() -> Instant.ofEpochMilli(1_469_918_176_385L));

        assertThat(ulids.next()).startsWith("01ARYZ6S41");
    }
}
