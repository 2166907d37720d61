package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.WorkloadId;

/** Names what one put or delete at a time is sent for: a config, or all links of one source. */
public final class WireKey {
    private WireKey() {}

    public static String config(String name) {
        return "config:" + name;
    }

    public static String link(WorkloadId source) {
        return "link:" + source;
    }
}
