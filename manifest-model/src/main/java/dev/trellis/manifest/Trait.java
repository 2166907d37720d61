package dev.trellis.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** How a component is scaled, what it is linked to, or a trait of somebody else's. */
public sealed interface Trait {

    /** Name of a link that was not given one. */
    String DEFAULT_LINK_NAME = "default";

    /**
     * A number of instances divided over spreads.
     *
     * @param instances over all hosts; 0 runs none
     * @param spreads empty means one spread over every host
     */
    record SpreadScaler(int instances, List<Spread> spreads) implements Trait {
        public SpreadScaler {
            spreads = List.copyOf(spreads);
        }
    }

    /**
     * A number of instances on each host that matches.
     *
     * @param instances on one host
     * @param spreads empty means every host
     */
    record DaemonScaler(int instances, List<Spread> spreads) implements Trait {
        public DaemonScaler {
            spreads = List.copyOf(spreads);
        }
    }

    /**
     * A link from the component that has the trait to another of the manifest.
     *
     * @param packageName the {@code package} of the interfaces
     * @param name {@link #DEFAULT_LINK_NAME} when not given
     * @param source empty lists when not given
     */
    record Link(
            String namespace,
            String packageName,
            List<String> interfaces,
            String name,
            LinkEnd source,
            LinkTarget target)
            implements Trait {
        public Link {
            interfaces = List.copyOf(interfaces);
        }
    }

    /**
     * Any other trait, such as {@code placement}.
     *
     * @param type as written
     * @param properties as written; not to be modified
     */
    record Other(String type, JsonNode properties) implements Trait {
        public Other {
            properties = properties.deepCopy();
        }
    }
}
