package dev.trellis.manifest.placement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trellis.manifest.terms.Amount;
import dev.trellis.manifest.terms.Settings;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The {@code placement} trait of one component. What the trait leaves out has its default here.
 *
 * @param spreads bounds by the name of a spread of the component's scaler; see {@link #bounds}
 * @param maxPerHost instances of this component on one host; empty is no bound
 * @param maxPerValue bounds over hosts with one value of a label; often empty
 * @param topology bounds on skew; the first also defines the domains that hosts are ordered by
 * @param exclusive what only one workload on a host can have, as {@code tcp/8080}; whoever places
 *     adds what it infers from links
 * @param colocateWith for a provider: only on hosts that run one of these components of the app;
 *     empty is no condition
 * @param maxUnavailable the disruption budget, of the app's hosts, rounded down and at least 1;
 *     empty leaves it to the setting
 */
public record Placement(
        Apportion apportion,
        SortedMap<String, SpreadBounds> spreads,
        OptionalInt maxPerHost,
        List<MaxPerValue> maxPerValue,
        List<Topology> topology,
        Shortfall shortfall,
        Rebalance rebalance,
        List<Preference> prefer,
        List<String> exclusive,
        List<String> colocateWith,
        Optional<Amount> maxUnavailable) {

    /** The trait's type in a manifest. */
    public static final String TYPE = "placement";

    /** A trait that says nothing. */
    public static final Placement EMPTY = of(JsonNodeFactory.instance.objectNode());

    /** A component without the trait: as wadm places it. */
    public static final Placement ABSENT =
            new Placement(
                    Apportion.WADM,
                    EMPTY.spreads,
                    EMPTY.maxPerHost,
                    EMPTY.maxPerValue,
                    EMPTY.topology,
                    EMPTY.shortfall,
                    EMPTY.rebalance,
                    EMPTY.prefer,
                    EMPTY.exclusive,
                    EMPTY.colocateWith,
                    EMPTY.maxUnavailable);

    public Placement {
        spreads = Collections.unmodifiableSortedMap(new TreeMap<>(spreads));
        maxPerValue = List.copyOf(maxPerValue);
        topology = List.copyOf(topology);
        prefer = List.copyOf(prefer);
        exclusive = List.copyOf(exclusive);
        colocateWith = List.copyOf(colocateWith);
    }

    /**
     * The trait with these properties, in their readable form.
     *
     * @throws IllegalArgumentException if they are not what a reader has accepted
     */
    public static Placement of(JsonNode properties) {
        var settings = new Settings(properties);
        return new Placement(
                settings.word("apportion", Apportion.values()).orElse(Apportion.WEBSTER),
                settings.named("spreads", Placement::bounds),
                settings.integer("maxPerHost"),
                settings.objects("maxPerValue", Placement::perValue),
                settings.objects("topology", Placement::topology),
                settings.word("shortfall", Shortfall.values()).orElse(Shortfall.HOLD),
                settings.object("rebalance").map(Placement::rebalance).orElse(Rebalance.DEFAULT),
                settings.objects("prefer", Placement::preference),
                settings.texts("exclusive"),
                settings.texts("colocateWith"),
                settings.amount("maxUnavailable"));
    }

    /** Bounds of the spread of that name; {@link SpreadBounds#NONE} where the trait has none. */
    public SpreadBounds bounds(String spread) {
        return spreads.getOrDefault(spread, SpreadBounds.NONE);
    }

    private static SpreadBounds bounds(Settings spread) {
        return new SpreadBounds(
                spread.integer("min").orElse(0), spread.integer("max"), spread.expressions());
    }

    private static MaxPerValue perValue(Settings bound) {
        return new MaxPerValue(bound.text("key").orElseThrow(), bound.integer("max").orElseThrow());
    }

    private static Topology topology(Settings topology) {
        return new Topology(
                topology.text("key").orElseThrow(),
                topology.integer("maxSkew").orElse(Topology.DEFAULT_MAX_SKEW),
                topology.word("whenUnsatisfiable", WhenUnsatisfiable.values())
                        .orElse(WhenUnsatisfiable.HOLD),
                topology.word("scope", SkewScope.values()).orElse(SkewScope.PER_SPREAD));
    }

    private static Rebalance rebalance(Settings rebalance) {
        return new Rebalance(
                rebalance.word("mode", RebalanceMode.values()).orElse(Rebalance.DEFAULT.mode()),
                rebalance.integer("maxMoves").orElse(Rebalance.DEFAULT.maxMoves()),
                rebalance.duration("per").orElse(Rebalance.DEFAULT.per()));
    }

    private static Preference preference(Settings preference) {
        return new Preference(
                preference.asSelector(),
                preference.integer("weight").orElse(Preference.DEFAULT_WEIGHT));
    }
}
