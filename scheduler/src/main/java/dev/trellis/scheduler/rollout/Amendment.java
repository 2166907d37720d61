package dev.trellis.scheduler.rollout;

import dev.trellis.manifest.rollout.Gate;
import dev.trellis.manifest.rollout.RolloutPolicy;
import dev.trellis.manifest.rollout.Stage;
import dev.trellis.manifest.terms.Amount;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether a policy may take the place of another while it is being rolled out. Tightening may:
 * lower caps, a longer bake, an added approval or metric, on stages that are not entered yet. More
 * needs force; what would change who belongs to which stage is never possible.
 */
final class Amendment {
    private final RolloutPolicy before;
    private final RolloutPolicy after;
    private final int covered;

    private Amendment(RolloutPolicy before, RolloutPolicy after, int covered) {
        this.before = before;
        this.after = after;
        this.covered = covered;
    }

    /**
     * What is against it.
     *
     * @param entered index of the last stage that was entered; -1: none
     * @param covered hosts, for comparing a number with a share
     */
    static Optional<String> problem(
            RolloutPolicy before, RolloutPolicy after, int entered, int covered, boolean force) {
        var amendment = new Amendment(before, after, covered);
        var shape = amendment.shape();
        if (shape.isPresent() || force) {
            return shape;
        }
        return amendment.loosened(entered);
    }

    private Optional<String> shape() {
        if (!before.components().equals(after.components())
                || before.remainder() != after.remainder()
                || before.stages().size() != after.stages().size()) {
            return Optional.of("components, remainder and the number of stages cannot change");
        }
        for (int k = 0; k < before.stages().size(); k++) {
            var was = before.stages().get(k);
            var is = after.stages().get(k);
            if (!was.name().equals(is.name())
                    || !was.selector().equals(is.selector())
                    || !was.upTo().equals(is.upTo())) {
                return Optional.of(
                        "name, selector and upTo of stage " + was.name() + " cannot change");
            }
        }
        return Optional.empty();
    }

    private Optional<String> loosened(int entered) {
        if (more(before.maxUnproven(), after.maxUnproven())) {
            return Optional.of("maxUnproven may only fall");
        }
        if (more(before.maxUnavailable(), after.maxUnavailable())) {
            return Optional.of("maxUnavailable may only fall");
        }
        if (more(before.lostTolerance(), after.lostTolerance())) {
            return Optional.of("lostTolerance may only fall");
        }
        if (more(before.rollbackMaxParallel(), after.rollbackMaxParallel())
                || before.onFailure() != after.onFailure()
                || before.strategy() != after.strategy()
                || before.globalChanges() != after.globalChanges()
                || before.initial() != after.initial()) {
            return Optional.of(
                    "rollback, onFailure, strategy, globalChanges and initial cannot change");
        }
        if (shorter(before.healthyTime(), after.healthyTime())
                || shorter(after.healthyDeadline(), before.healthyDeadline())
                || shorter(after.progressDeadline(), before.progressDeadline())
                || shorter(after.gateDeadline(), before.gateDeadline())) {
            return Optional.of("healthyTime may only grow, deadlines may only fall");
        }
        if (!after.windows().containsAll(before.windows())) {
            return Optional.of("windows may only be added");
        }
        for (int k = 0; k < before.stages().size(); k++) {
            var problem = loosened(before.stages().get(k), after.stages().get(k), k <= entered);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private Optional<String> loosened(Stage was, Stage is, boolean entered) {
        if (was.equals(is)) {
            return Optional.empty();
        }
        if (entered) {
            return Optional.of("stage " + was.name() + " is entered already");
        }
        boolean looser =
                more(was.maxParallel(), is.maxParallel())
                        || more(was.maxFailures(), is.maxFailures())
                        || more(
                                was.maxUnproven().orElse(before.maxUnproven()),
                                is.maxUnproven().orElse(after.maxUnproven()))
                        || more(
                                was.maxUnavailable().orElse(before.maxUnavailable()),
                                is.maxUnavailable().orElse(after.maxUnavailable()))
                        || shorter(was.bakeTime(), is.bakeTime())
                        || was.minHosts() > is.minHosts()
                        || was.onShort() != is.onShort()
                        || looser(was.gate(), is.gate());
        return looser
                ? Optional.of("stage " + was.name() + " would become looser")
                : Optional.empty();
    }

    private static boolean looser(Gate was, Gate is) {
        return (was.approval().isPresent() && !was.approval().equals(is.approval()))
                || !is.metrics().containsAll(was.metrics())
                || (was.webhook().isPresent() && !was.webhook().equals(is.webhook()));
    }

    private boolean more(Amount was, Amount is) {
        return is.roundedUp(covered) > was.roundedUp(covered);
    }

    private static boolean shorter(Duration was, Duration is) {
        return is.compareTo(was) < 0;
    }
}
