package dev.trellis.api.store;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.diff.Change;
import dev.trellis.manifest.diff.ChangeClass;
import dev.trellis.manifest.diff.ManifestDiff;
import dev.trellis.manifest.rollout.Gate;
import dev.trellis.manifest.rollout.GlobalChanges;
import dev.trellis.manifest.rollout.RolloutPolicy;
import dev.trellis.manifest.rollout.Strategy;
import dev.trellis.manifest.rollout.Supersede;
import dev.trellis.scheduler.rollout.RolloutRecord;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.AppRecord.Version;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Whether a version may be rolled out as its policy says. */
final class RolloutAdmission {
    private static final int UNPROCESSABLE = 422;
    private static final int CONFLICT = 409;

    private final RolloutRepository rollouts;
    private final Revisions revisions;
    private final Set<String> gateHosts;

    /** {@code gateHosts}: names of hosts that gates may be asked of, lower-case. */
    RolloutAdmission(RolloutRepository rollouts, Revisions revisions, Set<String> gateHosts) {
        this.rollouts = rollouts;
        this.revisions = revisions;
        this.gateHosts = Set.copyOf(gateHosts);
    }

    Optional<ChangeResult> refuse(AppRecord app, Version target, Manifest manifest) {
        var running = rollouts.find(app.lattice(), app.name()).filter(r -> !r.phase().isTerminal());
        var rejects =
                running.filter(r -> r.policy().terms().supersede() == Supersede.REJECT)
                        .filter(r -> r.to().n() != target.n())
                        .filter(r -> r.from().filter(f -> f.n() == target.n()).isEmpty());
        if (rejects.isPresent()) {
            return Optional.of(
                    new ChangeResult.NotAllowed(
                            CONFLICT,
                            "RolloutRunning",
                            "rollout "
                                    + rejects.get().id()
                                    + " is under way and its policy says supersede: reject"));
        }
        return manifest.rollout()
                .flatMap(policy ->
                        text(policy).or(() -> global(app, target, manifest, policy, running)));
    }

    private Optional<ChangeResult> text(RolloutPolicy policy) {
        if (policy.strategy() == Strategy.SURGE) {
            return unprocessable("Later", "strategy surge is kept for a later release");
        }
        for (var stage : policy.stages()) {
            for (var url : urls(stage.gate())) {
                if (!isAllowed(url)) {
                    return unprocessable(
                            "Impossible",
                            "gate of stage "
                                    + stage.name()
                                    + ": the host of "
                                    + url
                                    + " is not in the setting trellis.gates.hosts"
                                    + (gateHosts.isEmpty() ? ", which is empty" : ""));
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> urls(Gate gate) {
        var urls = new ArrayList<String>();
        gate.metrics().forEach(metric -> urls.add(metric.url()));
        gate.webhook().ifPresent(webhook -> urls.add(webhook.url()));
        return urls;
    }

    private boolean isAllowed(String url) {
        return GateHosts.allows(gateHosts, URI.create(url));
    }

    private static Optional<ChangeResult> unprocessable(String code, String detail) {
        return Optional.of(new ChangeResult.NotAllowed(UNPROCESSABLE, code, detail));
    }

    /** What reaches all hosts at once needs consent. */
    private Optional<ChangeResult> global(
            AppRecord app,
            Version target,
            Manifest manifest,
            RolloutPolicy policy,
            Optional<RolloutRecord> running) {
        var stable =
                running.flatMap(RolloutRecord::from)
                        .map(from -> OptionalInt.of(from.n()))
                        .orElse(app.lastGood());
        if (policy.globalChanges() != GlobalChanges.REFUSE
                || stable.isEmpty()
                || stable.getAsInt() == target.n()) {
            return Optional.empty();
        }
        var changes =
                revisions
                        .read(app.lattice(), app.name(), stable.getAsInt())
                        .map(before ->
                                ManifestDiff.between(before.manifest(), manifest)
                                        .of(ChangeClass.MUTATE))
                        .orElse(List.of());
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new ChangeResult.NotAllowed(
                        CONFLICT,
                        "Impossible",
                        "reaches all hosts at once and cannot be staged: "
                                + String.join(", ", changes.stream().map(Change::path).toList())
                                + "; say globalChanges: beforeFirstStage or afterLastStage in the"
                                + " policy to have it all the same"));
    }
}
