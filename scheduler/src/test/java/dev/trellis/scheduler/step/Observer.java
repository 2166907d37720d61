package dev.trellis.scheduler.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.Component;
import dev.trellis.manifest.Names;
import dev.trellis.manifest.placement.Placement;
import dev.trellis.scheduler.observe.WorkloadId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Watches a world from outside: from what hosts run, and the manifest alone, it checks that no hard
 * limit is broken at any moment.
 */
final class Observer {
    private final World world;
    private int looks;

    Observer(World world) {
        this.world = world;
    }

    /** To be called after everything that happens. */
    void look() {
        looks++;
        for (var record : world.records.values()) {
            if (record.deployed().isPresent()) {
                var manifest =
                        world.manifests
                                .getOrDefault(record.name(), Map.of())
                                .get(record.deployed().getAsInt());
                if (manifest != null) {
                    manifest.components().forEach(component -> check(manifest.name(), component));
                }
            }
        }
        exclusives();
    }

    int looks() {
        return looks;
    }

    private void check(String app, Component component) {
        var rules = component.placement().orElse(Placement.ABSENT);
        var id = new WorkloadId(Names.componentId(app, component));
        for (var host : world.hosts.values()) {
            int cap = rules.maxPerHost().orElse(Integer.MAX_VALUE);
            var label = host.labels.get("placement.max-instances");
            cap = label == null ? cap : Math.min(cap, Integer.parseInt(label));
            atMost(cap, host.instances(id), id + " on " + host.id);
        }
        for (var limit : rules.maxPerValue()) {
            byValue(id, limit.key())
                    .forEach((value, count) ->
                            atMost(limit.max(), count, id + " over " + limit.key() + "=" + value));
        }
    }

    /** Described only when it is broken: it is looked at after everything that happens. */
    private void atMost(int limit, int count, String what) {
        if (count > limit) {
            assertThat(count)
                    .as("%s at %s%n%s", what, world.now, world.describe())
                    .isLessThanOrEqualTo(limit);
        }
    }

    Map<String, Integer> byValue(WorkloadId id, String key) {
        var counts = new TreeMap<String, Integer>();
        for (var host : world.hosts.values()) {
            counts.merge(host.labels.getOrDefault(key, ""), host.instances(id), Integer::sum);
        }
        return counts;
    }

    /** No two holders of one exclusive resource on a host, of whatever app. */
    private void exclusives() {
        var holders = new HashMap<String, List<WorkloadId>>();
        for (var record : world.records.values()) {
            world.manifests
                    .getOrDefault(record.name(), Map.of())
                    .values()
                    .forEach(manifest ->
                            manifest.components()
                                    .forEach(c ->
                                            c.placement()
                                                    .orElse(Placement.ABSENT)
                                                    .exclusive()
                                                    .forEach(r -> {
                                                        var id =
                                                                new WorkloadId(
                                                                        Names.componentId(
                                                                                manifest.name(),
                                                                                c));
                                                        var of =
                                                                holders.computeIfAbsent(
                                                                        r, _ -> new ArrayList<>());
                                                        if (!of.contains(id)) {
                                                            of.add(id);
                                                        }
                                                    })));
        }
        holders.forEach((resource, ids) -> {
            for (var host : world.hosts.values()) {
                int holds = (int) ids.stream().filter(id -> host.instances(id) > 0).count();
                atMost(1, holds, resource + " on " + host.id);
            }
        });
    }
}
