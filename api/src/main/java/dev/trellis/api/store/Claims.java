package dev.trellis.api.store;

import dev.trellis.manifest.ConfigRef;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Names;
import dev.trellis.manifest.SecretRef;
import dev.trellis.manifest.Source;
import dev.trellis.manifest.Trait;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a manifest takes for itself in a lattice. No two deployed apps may have one in common: ids,
 * names of configs and secrets whose content is kept here, and links by what a delete names.
 */
final class Claims {
    /** How a claim on an id begins; the rest is the id. */
    static final String ID = "id ";

    private Claims() {}

    static Set<String> of(Manifest manifest) {
        var claims = new TreeSet<String>();
        var app = manifest.name();
        for (var component : manifest.components()) {
            var id = Names.componentId(app, component);
            // a component of a shared application belongs to that one
            if (component.source() instanceof Source.Image) {
                claims.add(ID + id);
            }
            configs(claims, app, component.config());
            secrets(claims, app, component.secrets());
            component.links().forEach(link -> link(claims, app, id, link));
        }
        return claims;
    }

    /** The first claim that both have. */
    static java.util.Optional<String> common(Set<String> ours, Set<String> theirs) {
        return ours.stream().filter(theirs::contains).findFirst();
    }

    private static void link(Set<String> claims, String app, String source, Trait.Link link) {
        claims.add(
                "link %s from %s for %s:%s"
                        .formatted(link.name(), source, link.namespace(), link.packageName()));
        configs(claims, app, link.source().config());
        configs(claims, app, link.target().config());
        secrets(claims, app, link.source().secrets());
        secrets(claims, app, link.target().secrets());
    }

    private static void configs(Set<String> claims, String app, List<ConfigRef> configs) {
        for (var config : configs) {
            if (!config.external()) {
                claims.add("config " + Names.configName(app, config.name()));
            }
        }
    }

    private static void secrets(Set<String> claims, String app, List<SecretRef> secrets) {
        secrets.forEach(secret -> claims.add("config " + Names.secretName(app, secret.name())));
    }
}
