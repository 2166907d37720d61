package dev.trellis.scheduler.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.wanted.HostMark;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How long what people asked of a host is kept. */
final class HostMarksTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final HostId HOST = new HostId("NAAA");

    private final HostMarks marks = new HostMarks();

    private static Optional<HostMark> cordoned() {
        return Optional.of(new HostMark(new HostMark.Note("alice", START, ""), Optional.empty()));
    }

    @Test
    void aMarkIsDroppedADayAfterTheHostWasSeenLast() {
        marks.stored(HOST, cordoned(), 7, START);
        var seen = START.plus(Duration.ofDays(30));
        assertThat(marks.due(Set.of(HOST), seen)).isEmpty();

        assertThat(marks.due(Set.of(), seen.plus(Duration.ofHours(24)).minusSeconds(1))).isEmpty();
        assertThat(marks.due(Set.of(), seen.plus(Duration.ofHours(24))))
                .containsExactly(new Effect.DropMark(HOST, 7));
    }

    @Test
    void aDropThatWasNotWrittenIsTriedAgainEveryMinute() {
        marks.stored(HOST, cordoned(), 7, START);
        var due = START.plus(Duration.ofHours(24));
        assertThat(marks.due(Set.of(), due)).hasSize(1);

        assertThat(marks.due(Set.of(), due.plusSeconds(59))).isEmpty();
        assertThat(marks.due(Set.of(), due.plusSeconds(60))).hasSize(1);
    }

    @Test
    void aHostInUseAgainHasNothingToDrop() {
        marks.stored(HOST, cordoned(), 7, START);
        marks.stored(HOST, Optional.empty(), 0, START);

        assertThat(marks.all()).isEmpty();
        assertThat(marks.nextDue()).isEqualTo(Instant.MAX);
    }
}
