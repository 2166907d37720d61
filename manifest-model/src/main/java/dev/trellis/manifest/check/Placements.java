package dev.trellis.manifest.check;

import dev.trellis.manifest.Component;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Spread;
import dev.trellis.manifest.Trait;
import dev.trellis.manifest.placement.Placement;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the placement traits of a manifest, and the scalers that they are about. */
final class Placements {

    /** Name of the spread of a scaler that names none. */
    static final String DEFAULT_SPREAD = "default";

    /**
     * One placement trait.
     *
     * @param path of the trait
     */
    record Placed(int index, Component component, String path, Placement placement) {

        /** The path of one of its settings. */
        String at(String setting) {
            return path + ".properties." + setting;
        }

        /** The scaler that counts: the first one. */
        Optional<Trait> scaler() {
            return component.traits().stream()
                    .filter(trait ->
                            trait instanceof Trait.SpreadScaler
                                    || trait instanceof Trait.DaemonScaler)
                    .findFirst();
        }

        /** Names of the spreads of the scaler; none without a scaler. */
        List<String> spreads() {
            var spreads =
                    scaler().map(scaler ->
                            switch (scaler) {
                                case Trait.SpreadScaler(_, var declared) -> declared;
                                case Trait.DaemonScaler(_, var declared) -> declared;
                                case Trait.Link _, Trait.Other _ -> List.<Spread>of();
                            });
            return spreads.map(declared ->
                            declared.isEmpty()
                                    ? List.of(DEFAULT_SPREAD)
                                    : declared.stream().map(Spread::name).toList())
                    .orElse(List.of());
        }
    }

    private Placements() {}

    /** The trait that counts of every component that has one: the first. */
    static void each(Manifest manifest, Consumer<Placed> use) {
        for (int i = 0; i < manifest.components().size(); i++) {
            var component = manifest.components().get(i);
            for (int t = 0; t < component.traits().size(); t++) {
                if (isPlacement(component.traits().get(t))) {
                    var placement = component.placement().orElseThrow();
                    use.accept(new Placed(i, component, Paths.trait(i, t), placement));
                    break;
                }
            }
        }
    }

    static boolean isPlacement(Trait trait) {
        return trait instanceof Trait.Other(var type, _) && type.equals(Placement.TYPE);
    }
}
