package dev.trellis.events.wire;

import com.fasterxml.jackson.core.JsonToken;
import dev.trellis.events.wire.Decoded.Event;
import dev.trellis.events.wire.Decoded.Reason;
import dev.trellis.events.wire.Decoded.Skipped;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.observe.WorkloadKind;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads a host's event (lattice-protocol 2). The type is the subject's last token, the host the
 * event's {@code source}; unknown fields, missing annotations and nulls are taken as they come.
 */
public final class EventDecoder {
    private EventDecoder() {}

    /** Never fails: what can't be read is skipped, with the reason. */
    public static Decoded decode(String subject, byte[] message) {
        var type = EventType.ofSubject(subject);
        if (type.isEmpty()) {
            return new Skipped(Reason.UNKNOWN_TYPE);
        }
        return switch (type.get()) {
            case HEALTH_CHECK_STATUS, LINKDEF_SET_FAILED -> new Skipped(Reason.NO_FACT);
            default -> decode(type.get(), message);
        };
    }

    private static Decoded decode(EventType type, byte[] message) {
        try {
            return read(type, message)
                    .<Decoded>map(Event::new)
                    .orElseGet(() -> new Skipped(Reason.INCOMPLETE));
        } catch (IOException _) {
            return new Skipped(Reason.NOT_JSON);
        }
    }

    private static Optional<LatticeEvent> read(EventType type, byte[] message) throws IOException {
        var source = "";
        var data = new Fields();
        try (var in = Json.FACTORY.createParser(message)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                var field = in.currentName();
                in.nextToken();
                switch (field) {
                    case "source" -> source = Json.text(in);
                    case "data" -> data = Fields.read(in);
                    default -> in.skipChildren();
                }
            }
        }
        return source.isEmpty() ? Optional.empty() : event(type, new HostId(source), data);
    }

    private static Optional<LatticeEvent> event(EventType type, HostId host, Fields data) {
        return switch (type) {
            case HOST_STARTED ->
                    Optional.of(
                            new LatticeEvent.HostStarted(
                                    host, data.friendlyName, data.version, data.labels));
            case HOST_STOPPED -> Optional.of(new LatticeEvent.HostStopped(host));
            case HOST_HEARTBEAT ->
                    data.inventory(host.value()).map(LatticeEvent.HostHeartbeat::new);
            case LABELS_CHANGED -> Optional.of(new LatticeEvent.LabelsChanged(host, data.labels));
            case LINKDEF_SET -> data.link().map(LatticeEvent.LinkSet::new);
            case LINKDEF_DELETED ->
                    data.linkKey().map(key -> new LatticeEvent.LinkDeleted(key, target(data)));
            case CONFIG_SET -> config(data).map(LatticeEvent.ConfigSet::new);
            case CONFIG_DELETED -> config(data).map(LatticeEvent.ConfigDeleted::new);
            case COMPONENT_SCALED,
                    COMPONENT_SCALE_FAILED,
                    PROVIDER_STARTED,
                    PROVIDER_START_FAILED,
                    PROVIDER_STOPPED,
                    HEALTH_CHECK_PASSED,
                    HEALTH_CHECK_FAILED ->
                    data.workload().flatMap(id -> workload(type, host, id, data));
            case HEALTH_CHECK_STATUS, LINKDEF_SET_FAILED -> Optional.empty();
        };
    }

    private static Optional<LatticeEvent> workload(
            EventType type, HostId host, WorkloadId id, Fields data) {
        return switch (type) {
            case COMPONENT_SCALED -> scaled(host, id, data);
            case PROVIDER_STARTED ->
                    Optional.of(
                            new LatticeEvent.ProviderStarted(
                                    host, id, data.running(WorkloadKind.PROVIDER)));
            case PROVIDER_STOPPED -> Optional.of(new LatticeEvent.ProviderStopped(host, id));
            case COMPONENT_SCALE_FAILED, PROVIDER_START_FAILED ->
                    Optional.of(new LatticeEvent.StartFailed(host, id, data.error));
            case HEALTH_CHECK_PASSED ->
                    Optional.of(new LatticeEvent.ProviderHealth(host, id, true));
            case HEALTH_CHECK_FAILED ->
                    Optional.of(new LatticeEvent.ProviderHealth(host, id, false));
            default -> Optional.empty();
        };
    }

    /** Without a count it can't be told from a stop, so it is no event. */
    private static Optional<LatticeEvent> scaled(HostId host, WorkloadId id, Fields data) {
        return data.maxInstances.map(max ->
                new LatticeEvent.ComponentScaled(
                        host,
                        id,
                        max == 0
                                ? Optional.empty()
                                : Optional.of(data.running(WorkloadKind.COMPONENT))));
    }

    private static Optional<WorkloadId> target(Fields data) {
        return data.target.isEmpty() ? Optional.empty() : Optional.of(new WorkloadId(data.target));
    }

    private static Optional<String> config(Fields data) {
        return data.configName.isEmpty() ? Optional.empty() : Optional.of(data.configName);
    }
}
