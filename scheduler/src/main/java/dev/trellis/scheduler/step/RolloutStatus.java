package dev.trellis.scheduler.step;

import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.decide.WantedApp;
import dev.trellis.scheduler.rollout.Reasons;
import dev.trellis.scheduler.rollout.Revision;
import dev.trellis.scheduler.rollout.RolloutPhase;
import dev.trellis.scheduler.rollout.RolloutRecord;
import dev.trellis.scheduler.rollout.RolloutSummary;
import dev.trellis.scheduler.wanted.AppRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a rollout makes of an app's status. */
final class RolloutStatus {
    private final AppStatus status;
    private final WantedApp app;
    private final RolloutRecord record;

    private RolloutStatus(AppStatus status, WantedApp app, RolloutRecord record) {
        this.status = status;
        this.app = app;
        this.record = record;
    }

    static AppStatus of(AppStatus status, WantedApp app, Optional<RolloutRecord> record) {
        return app.staged().isEmpty() || record.isEmpty()
                ? status
                : new RolloutStatus(status, app, record.get()).make();
    }

    private AppStatus make() {
        var phase = phase();
        var conditions = new ArrayList<>(status.conditions());
        conditions.addAll(conditions());
        return new AppStatus(
                status.app(),
                status.uid(),
                phase,
                phase == status.phase() ? message(status.message()) : message(""),
                status.deployed(),
                status.latest(),
                conditions,
                status.components(),
                status.links(),
                status.configs(),
                Optional.empty(),
                status.hosts(),
                Optional.of(summary()));
    }

    /** A host that is excused or still to be tried does not make the whole app failed. */
    private Phase phase() {
        return switch (record.phase()) {
            case PENDING, PROGRESSING ->
                    status.phase() == Phase.WAITING ? Phase.WAITING : Phase.RECONCILING;
            case ROLLING_BACK ->
                    record.reason().equals(Reasons.STABLE_UNHEALTHY)
                            ? Phase.FAILED
                            : Phase.RECONCILING;
            case HALTED -> Phase.FAILED;
            case SUCCEEDED, ROLLED_BACK, SUPERSEDED, CANCELLED -> status.phase();
        };
    }

    private String message(String own) {
        return switch (record.phase()) {
            case PENDING, PROGRESSING, ROLLING_BACK -> where() + record.message();
            case HALTED -> "the rollout was halted: " + record.message();
            case SUCCEEDED, ROLLED_BACK, SUPERSEDED, CANCELLED -> own;
        };
    }

    private String where() {
        if (record.phase() != RolloutPhase.PROGRESSING) {
            return record.phase().word() + ": ";
        }
        int of = record.plan().size();
        return "stage "
                + Math.min(Math.max(record.stage() + 1, 1), of)
                + "/"
                + of
                + record.stageName().map(name -> " " + name).orElse("")
                + ": ";
    }

    /** Versions by the names that people gave them. */
    private RolloutSummary summary() {
        var line = record.summary();
        return new RolloutSummary(
                line.id(),
                record.from().map(this::name).orElse(""),
                name(record.to()),
                line.phase(),
                line.stage(),
                line.paused(),
                line.reason(),
                line.message());
    }

    private String name(Revision revision) {
        return app.record()
                .version(revision.n())
                .map(AppRecord.Version::version)
                .orElse(revision.label());
    }

    private List<AppStatus.Condition> conditions() {
        var conditions = new ArrayList<AppStatus.Condition>();
        boolean runs = record.phase() == RolloutPhase.PROGRESSING;
        add(conditions, "Progressing", runs || record.phase() == RolloutPhase.PENDING);
        add(conditions, "Paused", record.paused());
        add(conditions, "RollbackInProgress", record.phase() == RolloutPhase.ROLLING_BACK);
        add(conditions, "StableUnhealthy", record.reason().equals(Reasons.STABLE_UNHEALTHY));
        return conditions;
    }

    private void add(List<AppStatus.Condition> conditions, String type, boolean holds) {
        if (holds) {
            conditions.add(
                    new AppStatus.Condition(
                            type,
                            "True",
                            record.reason(),
                            record.message(),
                            record.at(),
                            Optional.of(name(record.to()))));
        }
    }
}
