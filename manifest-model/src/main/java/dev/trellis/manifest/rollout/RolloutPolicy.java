package dev.trellis.manifest.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trellis.manifest.terms.Amount;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The {@code rollout} policy of an application. What the policy leaves out has its default here.
 * Shares round up.
 *
 * @param components names of those covered; empty covers all that run an image
 * @param stages in order, never empty
 * @param remainder what becomes of hosts in no stage; see {@link #allStages}
 * @param maxUnproven cap on the wave, of the covered hosts, at least 1
 * @param maxUnavailable covered hosts that may be not serving or in transition, of the covered
 *     hosts; at least 1, unless it is zero
 * @param gateDeadline how long a gate may stay inconclusive
 * @param healthyTime how long a host must be good to count
 * @param healthyDeadline how long a host may take before it is bad
 * @param progressDeadline how long no host may become newly healthy while a stage is updating
 * @param lostTolerance lost candidate hosts that are borne, of the stage's hosts
 * @param rollbackMaxParallel hosts that go back at once, of those that have to
 * @param windows besides those of the lattice; often empty
 */
public record RolloutPolicy(
        List<String> components,
        List<Stage> stages,
        Remainder remainder,
        Amount maxUnproven,
        Amount maxUnavailable,
        Duration gateDeadline,
        Duration healthyTime,
        Duration healthyDeadline,
        Duration progressDeadline,
        Amount lostTolerance,
        OnFailure onFailure,
        Amount rollbackMaxParallel,
        Supersede supersede,
        Initial initial,
        Strategy strategy,
        List<DenyWindow> windows,
        GlobalChanges globalChanges) {

    /** The policy's type in a manifest. */
    public static final String TYPE = "rollout";

    private static final Pattern HOST = Pattern.compile("https?://(\\[[^\\]]*\\]|[^:/?]*)");

    /** A policy that says nothing. */
    public static final RolloutPolicy DEFAULT = of(JsonNodeFactory.instance.objectNode());

    public RolloutPolicy {
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a rollout has at least one stage");
        }
        components = List.copyOf(components);
        stages = List.copyOf(stages);
        windows = List.copyOf(windows);
    }

    /**
     * The policy with these properties, in their readable form.
     *
     * @throws IllegalArgumentException if they are not what a reader has accepted
     */
    public static RolloutPolicy of(JsonNode properties) {
        return PolicyForm.policy(properties);
    }

    /** The stages in order, with the one that {@link Remainder#APPEND} adds at the end. */
    public List<Stage> allStages() {
        return remainder == Remainder.APPEND
                ? Stream.concat(stages.stream(), Stream.of(Stage.remainder())).toList()
                : stages;
    }

    /**
     * Names or addresses, in lower case and without port, of the hosts that its gates ask. Whoever
     * admits a manifest compares them with those that are allowed.
     */
    public SortedSet<String> gateHosts() {
        var hosts = new TreeSet<String>();
        for (var stage : stages) {
            stage.gate().metrics().forEach(metric -> hosts.add(host(metric.url())));
            stage.gate().webhook().ifPresent(webhook -> hosts.add(host(webhook.url())));
        }
        return hosts;
    }

    private static String host(String url) {
        var found = HOST.matcher(url);
        return found.lookingAt() ? found.group(1).toLowerCase(Locale.ROOT) : "";
    }

    /** Hosts that the wave of {@code stage} may hold, by the text alone; at least 1. */
    public int unprovenLimit(Stage stage, int covered) {
        return Math.max(1, least(maxUnproven, stage.maxUnproven().orElse(maxUnproven), covered));
    }

    /**
     * Covered hosts that may be not serving or in transition in {@code stage}, by the text alone; 0
     * only if that is what the text says.
     */
    public int unavailableLimit(Stage stage, int covered) {
        var own = stage.maxUnavailable().orElse(maxUnavailable);
        return maxUnavailable.zero() || own.zero()
                ? 0
                : Math.max(1, least(maxUnavailable, own, covered));
    }

    private static int least(Amount one, Amount other, int total) {
        return Math.min(one.roundedUp(total), other.roundedUp(total));
    }
}
