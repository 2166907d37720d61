package dev.trellis.events.lease;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What an owner writes under a lattice's key: {@code {"owner":…,"since":…}}.
 *
 * @param since when it became the owner, on its own clock; for people, nothing is decided by it
 */
record Claim(String owner, String since) {
    private static final JsonFactory JSON = new JsonFactory();

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("owner", owner);
            json.writeStringField("since", since);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot write to memory", impossible);
        }
        return bytes.toByteArray();
    }

    /** Whatever is under the key is a claim; who made it is empty where it can't be read. */
    static Claim read(byte[] bytes) {
        var owner = "";
        var since = "";
        try (var in = JSON.createParser(bytes)) {
            if (in.nextToken() == JsonToken.START_OBJECT) {
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    var field = in.currentName();
                    var token = in.nextToken();
                    if (token == JsonToken.VALUE_STRING && field.equals("owner")) {
                        owner = in.getText();
                    } else if (token == JsonToken.VALUE_STRING && field.equals("since")) {
                        since = in.getText();
                    } else {
                        in.skipChildren();
                    }
                }
            }
        } catch (IOException _) {
            return new Claim("", "");
        }
        return new Claim(owner, since);
    }
}
