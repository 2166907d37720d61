package dev.trellis.api.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.observe.WorkloadKind;
import dev.trellis.scheduler.port.LatticeOwner;
import dev.trellis.scheduler.wanted.HostMark;
import java.time.Duration;

/** A host and what runs there. */
public final class HostView {
    private HostView() {}

    public static ObjectNode of(LatticeOwner.HostView host) {
        var inventory = host.inventory();
        var json =
                Json.object()
                        .put("id", host.id().value())
                        .put("name", inventory.friendlyName())
                        .put("version", inventory.version());
        var labels = json.putObject("labels");
        inventory.labels().forEach(labels::put);
        json.put("state", host.state()).put("lastSeen", Json.time(host.lastSeen()));
        if (inventory.uptimeSeconds() > 0) {
            json.put("uptime", Json.duration(Duration.ofSeconds(inventory.uptimeSeconds())));
        }
        host.mark().ifPresent(mark -> mark(json, mark));
        host.draining().ifPresent(draining -> left(json.withObject("/draining"), draining));
        var components = json.putArray("components");
        var providers = json.putArray("providers");
        inventory
                .workloads()
                .forEach((id, running) -> {
                    boolean component = running.kind() == WorkloadKind.COMPONENT;
                    var list = component ? components : providers;
                    list.add(workload(host, id, running));
                });
        return json;
    }

    /** What people asked of the host. */
    public static void mark(ObjectNode json, HostMark mark) {
        note(json.putObject("cordoned"), mark.cordoned());
        mark.draining().ifPresent(note -> note(json.putObject("draining"), note));
    }

    private static void left(ObjectNode json, LatticeOwner.HostView.Draining draining) {
        json.put("left", draining.left());
        if (!draining.message().isEmpty()) {
            json.put("message", draining.message());
        }
    }

    private static void note(ObjectNode json, HostMark.Note note) {
        json.put("by", note.by()).put("at", Json.time(note.at()));
        if (!note.reason().isEmpty()) {
            json.put("reason", note.reason());
        }
    }

    private static ObjectNode workload(LatticeOwner.HostView host, WorkloadId id, Running running) {
        var json = Json.object().put("id", id.value());
        var app = host.apps().get(id);
        if (app != null) {
            json.put("app", app.value());
        }
        var version = host.versions().get(id);
        if (version != null) {
            json.put("version", version);
        }
        json.put("image", running.image());
        if (running.kind() == WorkloadKind.COMPONENT) {
            json.put("instances", running.instances());
        } else {
            json.put("health", host.unhealthy().contains(id) ? "Unhealthy" : "Healthy");
        }
        if (host.orphans().contains(id)) {
            json.put("orphan", true);
        }
        return json;
    }
}
