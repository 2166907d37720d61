package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.rollout.Strategy;
import dev.trellis.manifest.terms.Amount;
import java.time.Duration;

/** What a policy allows is enough to ever get on. */
final class RolloutLimitsCheck implements Check {

    @Override
    public void run(Manifest manifest, Findings findings) {
        Rollouts.find(manifest)
                .ifPresent(found -> {
                    if (found.policy().strategy() == Strategy.RECREATE) {
                        none(found.at("maxUnavailable"), found.policy().maxUnavailable(), findings);
                        for (int k = 0; k < found.stages(); k++) {
                            var path = found.stage(k) + ".maxUnavailable";
                            found.stageAt(k)
                                    .maxUnavailable()
                                    .ifPresent(amount -> none(path, amount, findings));
                        }
                    }
                    times(found, findings);
                });
    }

    private static void none(String path, Amount amount, Findings findings) {
        if (amount.zero()) {
            findings.error(
                    path,
                    Rule.IMPOSSIBLE,
                    "no host may be unavailable ("
                            + amount.spelled()
                            + "), and strategy: recreate stops one before it starts the next;"
                            + " allow at least 1, or use strategy: surge");
        }
    }

    private static void times(Rollouts.Found found, Findings findings) {
        var policy = found.policy();
        within(found, "healthyDeadline", policy.healthyDeadline(), policy.healthyTime(), findings);
        within(
                found,
                "progressDeadline",
                policy.progressDeadline(),
                policy.healthyTime(),
                findings);
    }

    private static void within(
            Rollouts.Found found,
            String deadline,
            Duration length,
            Duration healthyTime,
            Findings findings) {
        if (healthyTime.compareTo(length) >= 0) {
            findings.error(
                    found.at(deadline),
                    Rule.IMPOSSIBLE,
                    deadline
                            + " is over before a host has been good for healthyTime ("
                            + healthyTime.toSeconds()
                            + "s); raise it, or lower healthyTime");
        }
    }
}
