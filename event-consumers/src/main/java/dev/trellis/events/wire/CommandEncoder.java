package dev.trellis.events.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.WorkloadId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Writes the payload of a command (lattice-protocol 1.5), with exactly the names that hosts read
 * and never a null.
 */
public final class CommandEncoder {
    private CommandEncoder() {}

    /** Empty for a command that its subject says in full. */
    public static byte[] encode(Command command) {
        return switch (command) {
            case Command.Scale scale -> object(json -> scale(json, scale));
            case Command.StartProvider start -> object(json -> start(json, start));
            case Command.StopProvider(HostId host, WorkloadId id) ->
                    object(json -> {
                        json.writeStringField("host_id", host.value());
                        json.writeStringField("provider_id", id.value());
                    });
            case Command.PutConfig put -> object(json -> entries(json, put.values()));
            case Command.DeleteConfig _ -> new byte[0];
            case Command.PutLink put -> object(json -> link(json, put));
            case Command.DeleteLink delete -> object(json -> deletion(json, delete));
        };
    }

    /** A label to set. */
    public static byte[] label(String key, String value) {
        return object(json -> {
            json.writeStringField("key", key);
            json.writeStringField("value", value);
        });
    }

    /** A label to remove. */
    public static byte[] label(String key) {
        return object(json -> json.writeStringField("key", key));
    }

    private static void scale(JsonGenerator json, Command.Scale scale) throws IOException {
        json.writeStringField("component_ref", scale.image());
        json.writeStringField("component_id", scale.id().value());
        // "max_instances" would be ignored, and the default 0 stops the component (trap 1).
        json.writeNumberField("count", scale.count());
        json.writeStringField("host_id", scale.host().value());
        annotations(json, scale.annotations());
        list(json, "config", scale.config());
        json.writeBooleanField("allow_update", false);
    }

    private static void start(JsonGenerator json, Command.StartProvider start) throws IOException {
        json.writeStringField("provider_id", start.id().value());
        json.writeStringField("provider_ref", start.image());
        json.writeStringField("host_id", start.host().value());
        list(json, "config", start.config());
        annotations(json, start.annotations());
    }

    private static void link(JsonGenerator json, Command.PutLink put) throws IOException {
        var link = put.link();
        json.writeStringField("source_id", link.source().value());
        json.writeStringField("target", link.target().value());
        json.writeStringField("name", link.name());
        json.writeStringField("wit_namespace", link.namespace());
        json.writeStringField("wit_package", link.packageName());
        list(json, "interfaces", link.interfaces());
        list(json, "source_config", link.sourceConfig());
        list(json, "target_config", link.targetConfig());
    }

    private static void deletion(JsonGenerator json, Command.DeleteLink delete) throws IOException {
        var key = delete.key();
        json.writeStringField("source_id", key.source().value());
        json.writeStringField("name", key.name());
        json.writeStringField("wit_namespace", key.namespace());
        json.writeStringField("wit_package", key.packageName());
    }

    private static void annotations(JsonGenerator json, Map<String, String> annotations)
            throws IOException {
        json.writeObjectFieldStart("annotations");
        entries(json, annotations);
        json.writeEndObject();
    }

    private static void entries(JsonGenerator json, Map<String, String> entries)
            throws IOException {
        for (var entry : entries.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
    }

    private static void list(JsonGenerator json, String field, List<String> values)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (var value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] object(Body body) {
        var bytes = new ByteArrayOutputStream();
        try (var json = Json.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot write to memory", impossible);
        }
        return bytes.toByteArray();
    }
}
