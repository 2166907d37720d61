package dev.trellis.events.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.LinkKey;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.observe.WorkloadKind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every field that a host's objects have, read in one pass and in any order: an event's data, an
 * inventory, a pong, a link. Empty where not said.
 */
final class Fields {
    String hostId = "";
    String id = "";
    String image = "";
    String name = "";
    String target = "";
    String sourceId = "";
    String namespace = "";
    String packageName = "";
    String error = "";
    String configName = "";
    String friendlyName = "";
    String version = "";
    long uptimeSeconds;
    Optional<Long> maxInstances = Optional.empty();
    List<String> interfaces = List.of();
    List<String> sourceConfig = List.of();
    List<String> targetConfig = List.of();
    SortedMap<String, String> labels = new TreeMap<>();
    SortedMap<String, String> annotations = new TreeMap<>();
    private final Workloads workloads = new Workloads();

    /** Reads the object that {@code in} stands at; another value is read over. */
    static Fields read(JsonParser in) throws IOException {
        var fields = new Fields();
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            return fields;
        }
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            var field = in.currentName();
            in.nextToken();
            fields.take(field, in);
        }
        return fields;
    }

    private void take(String field, JsonParser in) throws IOException {
        switch (field) {
            case "host_id" -> hostId = Json.text(in);
            case "id", "component_id", "provider_id" -> id = Json.text(in);
            case "image_ref", "provider_ref" -> image = Json.text(in);
            case "name" -> name = Json.text(in);
            case "target" -> target = Json.text(in);
            case "source_id" -> sourceId = Json.text(in);
            case "wit_namespace" -> namespace = Json.text(in);
            case "wit_package" -> packageName = Json.text(in);
            case "error" -> error = Json.text(in);
            case "config_name" -> configName = Json.text(in);
            case "friendly_name" -> friendlyName = Json.text(in);
            case "version" -> version = Json.text(in);
            case "uptime_seconds" -> uptimeSeconds = Json.number(in);
            case "max_instances" -> takeMaxInstances(in);
            case "interfaces" -> interfaces = Json.list(in);
            case "source_config" -> sourceConfig = Json.list(in);
            case "target_config" -> targetConfig = Json.list(in);
            case "labels" -> labels = Json.map(in);
            case "annotations" -> annotations = Json.map(in);
            // "actors" is the name that older 1.x clients still read.
            case "components", "actors" -> workloads.read(in, WorkloadKind.COMPONENT);
            case "providers" -> workloads.read(in, WorkloadKind.PROVIDER);
            default -> in.skipChildren();
        }
    }

    private void takeMaxInstances(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            maxInstances = Optional.of(Json.number(in));
        } else {
            in.skipChildren();
        }
    }

    Optional<WorkloadId> workload() {
        return id.isEmpty() ? Optional.empty() : Optional.of(new WorkloadId(id));
    }

    Running running(WorkloadKind kind) {
        long max = kind == WorkloadKind.PROVIDER ? 1 : maxInstances.orElse(1L);
        // u32 on the wire: 4,294,967,295 becomes 2,147,483,647.
        return new Running(
                kind, image, annotations, (int) Math.clamp(max, 1L, (long) Integer.MAX_VALUE));
    }

    /** Absent without both lists: what is not said is unknown, not nothing. */
    Optional<HostInventory> inventory(String host) {
        if (host.isEmpty() || !workloads.complete()) {
            return Optional.empty();
        }
        return Optional.of(
                new HostInventory(
                        new HostId(host),
                        friendlyName,
                        version,
                        uptimeSeconds,
                        labels,
                        workloads.found()));
    }

    Optional<Link> link() {
        if (linkKey().isEmpty() || target.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Link(
                        new WorkloadId(sourceId),
                        new WorkloadId(target),
                        linkName(),
                        namespace,
                        packageName,
                        interfaces,
                        sourceConfig,
                        targetConfig));
    }

    Optional<LinkKey> linkKey() {
        if (sourceId.isEmpty() || namespace.isEmpty() || packageName.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new LinkKey(new WorkloadId(sourceId), linkName(), namespace, packageName));
    }

    private String linkName() {
        return name.isEmpty() ? "default" : name;
    }
}
