package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Spread;
import dev.trellis.manifest.Trait;
import java.util.HashMap;
import java.util.List;

/** Every spread of a scaler has a name of its own: what runs for it is marked with the name. */
final class SpreadNamesCheck implements Check {

    @Override
    public void run(Manifest manifest, Findings findings) {
        for (int i = 0; i < manifest.components().size(); i++) {
            var traits = manifest.components().get(i).traits();
            for (int t = 0; t < traits.size(); t++) {
                check(Paths.trait(i, t) + ".properties.spread", spreads(traits.get(t)), findings);
            }
        }
    }

    private static List<Spread> spreads(Trait trait) {
        return switch (trait) {
            case Trait.SpreadScaler(_, var spreads) -> spreads;
            case Trait.DaemonScaler(_, var spreads) -> spreads;
            case Trait.Link _, Trait.Other _ -> List.of();
        };
    }

    private static void check(String path, List<Spread> spreads, Findings findings) {
        var first = new HashMap<String, String>();
        for (int k = 0; k < spreads.size(); k++) {
            var name = spreads.get(k).name();
            var spread = Paths.item(path, k);
            NameShape.check(spread + ".name", name, findings);
            var before = name.isEmpty() ? null : first.putIfAbsent(name, spread);
            if (before != null) {
                findings.error(
                        spread + ".name",
                        Rule.DUPLICATE_NAME,
                        "the spread name "
                                + Quote.of(name)
                                + " is also that of "
                                + before
                                + "; give one of them another name");
            }
        }
    }
}
