package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.rollout.Metric;
import dev.trellis.manifest.rollout.Stage;
import java.time.Duration;
import java.util.HashMap;

/** Every metric of a gate has a bound that can be met, in the time that there is. */
final class GatesCheck implements Check {

    @Override
    public void run(Manifest manifest, Findings findings) {
        Rollouts.find(manifest)
                .ifPresent(found -> {
                    for (int k = 0; k < found.stages(); k++) {
                        var path = found.stage(k) + ".gate.metrics";
                        gate(path, found.stageAt(k), found.policy().gateDeadline(), findings);
                    }
                });
    }

    private static void gate(String path, Stage stage, Duration deadline, Findings findings) {
        var first = new HashMap<String, Integer>();
        var metrics = stage.gate().metrics();
        for (int m = 0; m < metrics.size(); m++) {
            var metric = metrics.get(m);
            var at = Paths.item(path, m);
            var before = metric.name().isEmpty() ? null : first.putIfAbsent(metric.name(), m);
            if (before != null) {
                findings.error(
                        at + ".name",
                        Rule.DUPLICATE_NAME,
                        "the metric name "
                                + Quote.of(metric.name())
                                + " is also that of "
                                + Paths.item(path, before)
                                + "; give one of them another name");
            }
            bounds(at, metric, findings);
            time(at, metric, stage.bakeTime().plus(deadline), findings);
        }
    }

    private static void bounds(String at, Metric metric, Findings findings) {
        if (metric.max().isEmpty()
                && metric.min().isEmpty()
                && metric.maxRatioToBaseline().isEmpty()) {
            findings.error(
                    at,
                    Rule.MISSING_FIELD,
                    "the metric "
                            + Quote.of(metric.name())
                            + " has no bound, expected max, min or maxRatioToBaseline");
        }
        if (metric.max().isPresent()
                && metric.min().isPresent()
                && metric.min().getAsDouble() > metric.max().getAsDouble()) {
            findings.error(
                    at + ".min",
                    Rule.IMPOSSIBLE,
                    "min is above max, so no answer passes; swap them");
        }
        if (metric.maxRatioToBaseline().isPresent()
                && metric.maxRatioToBaseline().getAsDouble() <= 0) {
            findings.error(
                    at + ".maxRatioToBaseline",
                    Rule.OUT_OF_RANGE,
                    "a ratio is above zero; 1.5 allows one and a half times the baseline");
        }
    }

    private static void time(String at, Metric metric, Duration most, Findings findings) {
        var needed = metric.interval().multipliedBy(metric.minSamples() - 1L);
        if (needed.compareTo(most) > 0) {
            findings.error(
                    at + ".minSamples",
                    Rule.IMPOSSIBLE,
                    metric.minSamples()
                            + " answers take "
                            + needed.toSeconds()
                            + "s, and bakeTime and gateDeadline give "
                            + most.toSeconds()
                            + "s; lower minSamples or interval");
        }
    }
}
