package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.LinkKey;
import dev.trellis.scheduler.observe.WorkloadId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is asked of a lattice over its control interface (lattice-protocol 1.5). All are absolute:
 * sent twice they do no more than once.
 */
public sealed interface Command {
    /** A command that one host carries out, on one workload. */
    sealed interface OnHost extends Command {
        HostId host();

        WorkloadId id();
    }

    /**
     * Start, scale or (count 0) stop a component. Never with another reference than what the host
     * runs (trap 4).
     */
    record Scale(
            HostId host,
            WorkloadId id,
            String image,
            int count,
            SortedMap<String, String> annotations,
            List<String> config)
            implements OnHost {
        public Scale {
            annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
            config = List.copyOf(config);
        }
    }

    record StartProvider(
            HostId host,
            WorkloadId id,
            String image,
            SortedMap<String, String> annotations,
            List<String> config)
            implements OnHost {
        public StartProvider {
            annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
            config = List.copyOf(config);
        }
    }

    record StopProvider(HostId host, WorkloadId id) implements OnHost {}

    record PutConfig(String name, SortedMap<String, String> values) implements Command {
        public PutConfig {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }
    }

    record DeleteConfig(String name) implements Command {}

    record PutLink(Link link) implements Command {}

    record DeleteLink(LinkKey key) implements Command {}
}
