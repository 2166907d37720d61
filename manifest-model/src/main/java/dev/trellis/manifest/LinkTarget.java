package dev.trellis.manifest;

import java.util.List;

/**
 * What a link leads to, and what the target is given for it.
 *
 * @param name a component of the same manifest, which may itself point into a shared application
 */
public record LinkTarget(String name, List<ConfigRef> config, List<SecretRef> secrets) {

    public LinkTarget {
        config = List.copyOf(config);
        secrets = List.copyOf(secrets);
    }
}
