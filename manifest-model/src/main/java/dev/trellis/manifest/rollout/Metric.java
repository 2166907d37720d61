package dev.trellis.manifest.rollout;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * A query to a Prometheus whose answer has to stay within bounds. At least one bound is given.
 *
 * @param name unique in its gate
 * @param url of the server, {@code http} or {@code https}
 * @param query PromQL; {@code {{ref}}} and <code>{{ref.COMPONENT}}</code> stand for the reference
 *     that is being judged
 * @param max an answer above it fails
 * @param min an answer below it fails
 * @param maxRatioToBaseline an answer above this many times the answer for stable fails
 * @param interval between two queries; longer than zero
 * @param minSamples answers before there is a verdict, at least 1
 * @param noData what an answer without data means
 * @param dryRun only recorded, never a verdict
 */
public record Metric(
        String name,
        String url,
        String query,
        OptionalDouble max,
        OptionalDouble min,
        OptionalDouble maxRatioToBaseline,
        Duration interval,
        int minSamples,
        NoData noData,
        boolean dryRun) {

    /** Time between two queries when nothing else is said. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

    /** Answers before there is a verdict when nothing else is said. */
    public static final int DEFAULT_MIN_SAMPLES = 1;
}
