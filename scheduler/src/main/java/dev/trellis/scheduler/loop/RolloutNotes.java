package dev.trellis.scheduler.loop;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.History;
import dev.trellis.scheduler.rollout.Note;
import dev.trellis.scheduler.rollout.RolloutPhase;
import dev.trellis.scheduler.rollout.RolloutRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of each step of a rollout: to the history, the log and the metrics. */
final class RolloutNotes {
    private static final Logger log = LoggerFactory.getLogger(RolloutNotes.class);

    private final LatticeName lattice;
    private final History history;
    private final MeterRegistry meters;
    private final InstantSource clock;

    RolloutNotes(LatticeName lattice, History history, MeterRegistry meters, InstantSource clock) {
        this.lattice = lattice;
        this.history = history;
        this.meters = meters;
        this.clock = clock;
    }

    void noted(AppName app, RolloutRecord rollout, Note note) {
        log.atInfo()
                .addKeyValue("lattice", lattice)
                .addKeyValue("manifest", app)
                .addKeyValue("rollout", rollout.id())
                .addKeyValue("reason", note.what())
                .log(note.message());
        history.append(
                lattice,
                Optional.of(app),
                History.Entry.of(clock.instant(), History.Kind.ROLLOUT, note.what(), note.message())
                        .withVersion(Optional.of(rollout.to().label()))
                        .withRollout(rollout.id())
                        .withHosts(note.hosts()));
        for (var phase : RolloutPhase.values()) {
            if (phase.isTerminal() && phase.word().equals(note.what())) {
                Counter.builder("trellis.rollout.outcomes")
                        .description("rollouts that are over")
                        .tag("lattice", lattice.value())
                        .tag("outcome", phase.word())
                        .register(meters)
                        .increment();
            }
        }
    }
}
