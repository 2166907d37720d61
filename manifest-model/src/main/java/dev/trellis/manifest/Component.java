package dev.trellis.manifest;

import dev.trellis.manifest.placement.Placement;
import java.util.List;
import java.util.Optional;

/**
 * One component or provider of an application.
 *
 * @param name unique in the manifest
 * @param id the id it has in the lattice, verbatim; empty means that {@link Names#componentId}
 *     makes one
 */
public record Component(
        String name,
        Kind kind,
        Source source,
        Optional<String> id,
        List<ConfigRef> config,
        List<SecretRef> secrets,
        List<Trait> traits) {

    /** What a host starts for it. */
    public enum Kind {
        /** A WebAssembly component; {@code type: component}, formerly {@code actor}. */
        COMPONENT,
        /** A capability provider; {@code type: capability}. */
        CAPABILITY
    }

    public Component {
        config = List.copyOf(config);
        secrets = List.copyOf(secrets);
        traits = List.copyOf(traits);
    }

    /** The link traits, in the order of the document. This component is their source. */
    public List<Trait.Link> links() {
        return traits.stream()
                .filter(Trait.Link.class::isInstance)
                .map(Trait.Link.class::cast)
                .toList();
    }

    /**
     * What the placement trait asks for, defaults filled in; empty means no trait, and then {@link
     * Placement#ABSENT} holds. Read from the properties at each call: keep the result.
     */
    public Optional<Placement> placement() {
        return traits.stream()
                .filter(Trait.Other.class::isInstance)
                .map(Trait.Other.class::cast)
                .filter(trait -> trait.type().equals(Placement.TYPE))
                .findFirst()
                .map(trait -> Placement.of(trait.properties()));
    }
}
