package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.placement.MaxPerValue;
import dev.trellis.manifest.placement.SkewScope;
import dev.trellis.manifest.placement.Topology;
import java.util.HashMap;
import java.util.List;

/** Bounds of a placement are said once, and its conditions compare with something. */
final class PlacementTermsCheck implements PlacedCheck {

    private record Measured(String key, SkewScope scope) {}

    @Override
    public void run(Manifest manifest, Placements.Placed placed, Findings findings) {
        var placement = placed.placement();
        once(
                placed.at("topology"),
                placement.topology().stream().map(PlacementTermsCheck::of).toList(),
                findings);
        once(
                placed.at("maxPerValue"),
                placement.maxPerValue().stream().map(MaxPerValue::key).toList(),
                findings);
        placement
                .spreads()
                .forEach((name, bounds) ->
                        Expressions.check(
                                Paths.field(placed.at("spreads"), name),
                                bounds.matchExpressions(),
                                findings));
        for (int k = 0; k < placement.prefer().size(); k++) {
            Expressions.check(
                    Paths.item(placed.at("prefer"), k),
                    placement.prefer().get(k).selector().matchExpressions(),
                    findings);
        }
    }

    private static Measured of(Topology topology) {
        return new Measured(topology.key(), topology.scope());
    }

    private static void once(String path, List<?> keys, Findings findings) {
        var first = new HashMap<Object, Integer>();
        for (int k = 0; k < keys.size(); k++) {
            var before = first.putIfAbsent(keys.get(k), k);
            if (before != null) {
                findings.error(
                        Paths.item(path, k) + ".key",
                        Rule.DUPLICATE_NAME,
                        "the same label is already bounded at "
                                + Paths.item(path, before)
                                + "; keep one of them");
            }
        }
    }
}
