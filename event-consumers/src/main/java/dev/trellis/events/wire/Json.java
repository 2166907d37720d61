package dev.trellis.events.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads single values tolerantly: what has another shape than expected counts as not said. */
final class Json {
    static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** The text of a scalar; empty for null, and for an object or list, which are read over. */
    static String text(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return "";
        }
        if (in.currentToken().isScalarValue()) {
            return in.getText();
        }
        in.skipChildren();
        return "";
    }

    /** A whole number, 0 where there is none; what is too large for a long is the largest long. */
    static long number(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            in.skipChildren();
            return 0;
        }
        return switch (in.getNumberType()) {
            case INT, LONG -> in.getLongValue();
            default -> Long.MAX_VALUE;
        };
    }

    static SortedMap<String, String> map(JsonParser in) throws IOException {
        var map = new TreeMap<String, String>();
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            return map;
        }
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            var key = in.currentName();
            var token = in.nextToken();
            if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                map.put(key, in.getText());
            } else {
                in.skipChildren();
            }
        }
        return map;
    }

    static List<String> list(JsonParser in) throws IOException {
        var list = new ArrayList<String>();
        if (in.currentToken() != JsonToken.START_ARRAY) {
            in.skipChildren();
            return list;
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            var text = text(in);
            if (!text.isEmpty()) {
                list.add(text);
            }
        }
        return list;
    }
}
