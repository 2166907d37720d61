package dev.trellis.scheduler.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trellis.manifest.rollout.RolloutPolicy;
import java.io.UncheckedIOException;
import java.util.Random;

/** Policies of tests, written as a manifest in JSON writes them. */
final class Policies {
    private static final JsonMapper JSON = new JsonMapper();

    private Policies() {}

    /** From properties; single quotes stand for double ones. */
    static FrozenPolicy of(String properties) {
        try {
            return FrozenPolicy.of("waves", JSON.readTree(properties.replace('\'', '"')));
        } catch (JsonProcessingException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    static FrozenPolicy with(FrozenPolicy policy, RolloutPolicy terms) {
        return new FrozenPolicy(policy.name(), policy.properties(), terms);
    }

    /** Canary, a share of a region, the region, the rest. */
    static FrozenPolicy random(Random random) {
        return of(
                """
                {'stages': [
                  {'name': 'canary', 'selector': {'matchLabels': {'ring': 'canary'}}, 'upTo': %s,
                   'bakeTime': '%ds', 'minHosts': %d, 'onShort': '%s', 'maxParallel': %d,
                   'maxFailures': %s %s},
                  {'name': 'some', 'selector': {'matchLabels': {'region': 'eu'}}, 'upTo': '%s',
                   'bakeTime': '%ds', 'maxParallel': %d, 'maxFailures': %s %s},
                  {'name': 'region', 'selector': {'matchLabels': {'region': 'eu'}},
                   'bakeTime': '%ds', 'maxParallel': '%d%%'},
                  {'name': 'rest', 'bakeTime': '%ds', 'maxParallel': %d %s}],
                 'maxUnproven': %s, 'maxUnavailable': %s, 'lostTolerance': %d,
                 'onFailure': '%s', 'initial': '%s', 'rollback': {'maxParallel': %s},
                 'healthyTime': '2s', 'healthyDeadline': '25s', 'progressDeadline': '120s'}
                """
                        .formatted(
                                pick(random, "'100%'", "'50%'", "1"),
                                random.nextInt(8),
                                pick(random, 0, 1, 3),
                                pick(random, "skip", "wait", "fail"),
                                1 + random.nextInt(3),
                                pick(random, "0", "0", "1", "'50%'"),
                                approval(random),
                                pick(random, "25%", "50%", "100%"),
                                random.nextInt(6),
                                1 + random.nextInt(4),
                                pick(random, "0", "1"),
                                approval(random),
                                random.nextInt(5),
                                25 * (1 + random.nextInt(4)),
                                random.nextInt(5),
                                1 + random.nextInt(5),
                                approval(random),
                                pick(random, "'25%'", "'50%'", "2", "1"),
                                pick(random, "1", "2", "'25%'"),
                                pick(random, 1, 2),
                                pick(random, "rollback", "rollback", "rollback", "pause", "halt"),
                                pick(random, "skip", "staged"),
                                pick(random, "1", "2", "'100%'")));
    }

    private static String approval(Random random) {
        return random.nextInt(3) == 0
                ? ", 'gate': {'approval': {'expires': '%ds', 'onExpire': '%s'}}"
                        .formatted(40 + random.nextInt(400), pick(random, "pause", "rollback"))
                : "";
    }

    @SafeVarargs
    static <T> T pick(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
