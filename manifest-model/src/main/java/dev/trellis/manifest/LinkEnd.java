package dev.trellis.manifest;

import java.util.List;

/** What the source of a link is given for it. Both lists may be empty. */
public record LinkEnd(List<ConfigRef> config, List<SecretRef> secrets) {

    /** Nothing given. */
    public static final LinkEnd NONE = new LinkEnd(List.of(), List.of());

    public LinkEnd {
        config = List.copyOf(config);
        secrets = List.copyOf(secrets);
    }
}
