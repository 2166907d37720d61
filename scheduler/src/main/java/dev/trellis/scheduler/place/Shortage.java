package dev.trellis.scheduler.place;

import java.util.List;

/**
 * Why a spread is short: the saturated side of the minimum cut between it and its hosts. Hosts that
 * could serve it, or whose instances would have to move for it, are all full, and this says of
 * what.
 *
 * @param spread its name; {@link Placement#NO_SPREAD} where all spreads are at their limits
 * @param missing instances
 * @param blocks never empty
 */
public record Shortage(String spread, int missing, List<Block> blocks) {

    public Shortage {
        blocks = List.copyOf(blocks);
    }

    /** One kind of limit, and where it binds. */
    public sealed interface Block {
        /** No host at all is eligible. */
        record NoHost() implements Block {}

        /** Hosts at their cap, by id. */
        record Cap(List<String> hosts) implements Block {
            public Cap {
                hosts = List.copyOf(hosts);
            }
        }

        /** Hosts that get nothing: cordoned or draining, by id. */
        record Closed(List<String> hosts) implements Block {
            public Closed {
                hosts = List.copyOf(hosts);
            }
        }

        /** Values of a label at their limit. */
        record Value(ValueLimit limit, List<String> values) implements Block {
            public Value {
                values = List.copyOf(values);
            }
        }

        /** Another instance would break a bound that holds. */
        record Bound(Topology topology) implements Block {}

        /** The spread's own {@code max}. */
        record Max(String spread, int max) implements Block {}
    }
}
