package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.rollout.Stage;
import dev.trellis.manifest.terms.Amount;
import java.util.HashMap;
import java.util.Optional;

/** Stages have names of their own, tighten limits and never loosen them, and get on. */
final class StagesCheck implements Check {

    @Override
    public void run(Manifest manifest, Findings findings) {
        Rollouts.find(manifest)
                .ifPresent(found -> {
                    names(found, findings);
                    for (int k = 0; k < found.stages(); k++) {
                        stage(found, k, findings);
                    }
                });
    }

    private static void names(Rollouts.Found found, Findings findings) {
        var first = new HashMap<String, Integer>();
        for (int k = 0; k < found.stages(); k++) {
            var name = found.stageAt(k).name();
            var path = found.stage(k) + ".name";
            if (name.equals(Stage.REMAINDER_NAME)) {
                findings.error(
                        path,
                        Rule.INVALID_NAME,
                        Quote.of(name)
                                + " is the name of the stage that takes hosts in no other; give it"
                                + " another name");
            }
            var before = name.isEmpty() ? null : first.putIfAbsent(name, k);
            if (before != null) {
                findings.error(
                        path,
                        Rule.DUPLICATE_NAME,
                        "the stage name "
                                + Quote.of(name)
                                + " is also that of "
                                + found.stage(before)
                                + "; give one of them another name");
            }
        }
    }

    private static void stage(Rollouts.Found found, int index, Findings findings) {
        var stage = found.stageAt(index);
        var path = found.stage(index);
        Expressions.check(path + ".selector", stage.selector().matchExpressions(), findings);
        tightens(
                path + ".maxUnproven", stage.maxUnproven(), found.policy().maxUnproven(), findings);
        tightens(
                path + ".maxUnavailable",
                stage.maxUnavailable(),
                found.policy().maxUnavailable(),
                findings);
        for (int before = 0; before < index; before++) {
            if (coveredBefore(found.stageAt(before), stage)) {
                findings.warning(
                        path + ".upTo",
                        Rule.NO_EFFECT,
                        "upTo counts the hosts of earlier stages, and "
                                + found.stage(before)
                                + " already reaches "
                                + found.stageAt(before).upTo().spelled()
                                + " of the same hosts; raise it, or remove the stage");
                break;
            }
        }
    }

    /** A number and a share can only be compared once the hosts are known; then the less holds. */
    private static void tightens(
            String path, Optional<Amount> own, Amount limit, Findings findings) {
        if (own.isPresent() && more(own.get(), limit)) {
            findings.error(
                    path,
                    Rule.CONFLICT,
                    "a stage may lower a limit of its policy and not raise it: found "
                            + own.get().spelled()
                            + ", expected at most "
                            + limit.spelled());
        }
    }

    private static boolean more(Amount one, Amount other) {
        return switch (one) {
            case Amount.Count(var count) -> other instanceof Amount.Count(var most) && count > most;
            case Amount.Percent(var share) ->
                    other instanceof Amount.Percent(var most) && share > most;
        };
    }

    private static boolean coveredBefore(Stage before, Stage stage) {
        return before.selector().equals(stage.selector())
                && (before.upTo().equals(Amount.all())
                        || before.upTo().equals(stage.upTo())
                        || more(before.upTo(), stage.upTo()));
    }
}
