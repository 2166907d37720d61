package dev.trellis.scheduler.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.port.LatticeOwner;
import dev.trellis.scheduler.wanted.HostMark;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people ask of hosts reaches the owner, and is shown. */
final class HostMarkStoryTest {
    private final World world = new World(1);

    @Test
    void aMarkedHostIsCountedAndShownUntilItIsInUseAgain() {
        world.host("NA");
        world.host("NB");
        world.begin();
        world.run(Duration.ofSeconds(5));

        var note = new HostMark.Note("alice", world.now, "new disk");
        world.mark("NA", Optional.of(new HostMark(note, Optional.of(note))));
        world.run(Duration.ofSeconds(1));

        var overview = world.core.overview(Duration.ZERO);
        assertThat(overview.cordoned()).isEqualTo(1);
        assertThat(overview.draining()).isEqualTo(1);
        assertThat(world.core.hosts())
                .extracting(LatticeOwner.HostView::mark)
                .containsExactly(
                        Optional.of(new HostMark(note, Optional.of(note))), Optional.empty());

        world.mark("NA", Optional.empty());
        world.run(Duration.ofSeconds(1));
        assertThat(world.core.overview(Duration.ZERO).cordoned()).isZero();
    }

    @Test
    void theMarkOfAHostThatIsGoneForADayIsDropped() {
        var core = new LatticeCore(CoreSettings.DEFAULTS, "installation");
        var note = new HostMark.Note("alice", world.now, "");
        var mark = Optional.of(new HostMark(note, Optional.empty()));
        var host = new HostId("NA");

        assertThat(core.turn(List.of(new Input.HostMarked(host, mark, 7)), world.now))
                .noneMatch(Effect.DropMark.class::isInstance);
        assertThat(core.nextWake()).isBeforeOrEqualTo(world.now.plus(Duration.ofHours(24)));
        assertThat(core.turn(List.of(), world.now.plus(Duration.ofHours(24))))
                .contains(new Effect.DropMark(host, 7));
    }
}
