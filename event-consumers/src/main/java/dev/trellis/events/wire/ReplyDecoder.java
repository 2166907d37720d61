package dev.trellis.events.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.port.LatticeQueries.Pong;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Reads hosts' replies. Every answer is empty when the bytes are no reply at all. */
public final class ReplyDecoder {
    private ReplyDecoder() {}

    /** The reply to a command; what else it carries is read over. */
    public static Optional<CtlResponse<Boolean>> acknowledgement(byte[] reply) {
        return decode(
                reply,
                in -> {
                    in.skipChildren();
                    return Optional.of(true);
                });
    }

    /** One host's answer to {@code host.ping}. */
    public static Optional<CtlResponse<Pong>> pong(byte[] reply) {
        return decode(
                reply,
                in -> {
                    var fields = Fields.read(in);
                    return fields.id.isEmpty() ? Optional.empty() : Optional.of(pong(fields));
                });
    }

    private static Pong pong(Fields fields) {
        return new Pong(
                new HostId(fields.id),
                fields.friendlyName,
                fields.version,
                fields.uptimeSeconds,
                fields.labels);
    }

    /** The reply to {@code link.get}; absent when one of the links lacks what it must have. */
    public static Optional<CtlResponse<List<Link>>> links(byte[] reply) {
        return decode(reply, ReplyDecoder::readLinks);
    }

    /** The reply to {@code config.get}; absent when there is no such config. */
    public static Optional<CtlResponse<SortedMap<String, String>>> config(byte[] reply) {
        return decode(
                reply,
                in -> {
                    if (in.currentToken() == JsonToken.START_OBJECT) {
                        return Optional.of(Json.map(in));
                    }
                    in.skipChildren();
                    return Optional.empty();
                });
    }

    /** What is in {@code response}. */
    interface Reading<T> {
        Optional<T> read(JsonParser in) throws IOException;
    }

    static <T> Optional<CtlResponse<T>> decode(byte[] reply, Reading<T> reading) {
        try (var in = Json.FACTORY.createParser(reply)) {
            return in.nextToken() == JsonToken.START_OBJECT
                    ? envelope(in, reading)
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static <T> Optional<CtlResponse<T>> envelope(JsonParser in, Reading<T> reading)
            throws IOException {
        var success = Optional.<Boolean>empty();
        var message = "";
        var response = Optional.<T>empty();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            var field = in.currentName();
            var token = in.nextToken();
            switch (field) {
                case "success" -> {
                    if (token.isBoolean()) {
                        success = Optional.of(token == JsonToken.VALUE_TRUE);
                    }
                    in.skipChildren();
                }
                case "message" -> message = Json.text(in);
                case "response" -> response = reading.read(in);
                default -> in.skipChildren();
            }
        }
        // Without "success" it is somebody else's message on our inbox.
        if (success.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CtlResponse<>(success.get(), message, response));
    }

    private static Optional<List<Link>> readLinks(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            in.skipChildren();
            return Optional.empty();
        }
        var links = new ArrayList<Link>();
        var incomplete = false;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            var link = Fields.read(in).link();
            link.ifPresent(links::add);
            incomplete |= link.isEmpty();
        }
        return incomplete ? Optional.empty() : Optional.of(links);
    }
}
