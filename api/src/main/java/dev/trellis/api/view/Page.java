package dev.trellis.api.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param limit most items, at least 1
 * @param after the key after which to go on, as the cursor holds it
 */
public record Page(int limit, Optional<String> after) {
    public static final int DEFAULT_LIMIT = 100;
    public static final int MOST = 1000;
    // a reply over NATS must fit one message
    private static final int BYTES = 512 * 1024;

    /** The items of this page by their keys, at most as many as its limit. */
    public <T> List<T> slice(List<T> sorted, Function<T, String> key) {
        return sorted.stream()
                .filter(item -> after.isEmpty() || key.apply(item).compareTo(after.get()) > 0)
                .limit(limit)
                .toList();
    }

    /** The key in a cursor; empty when it is none of ours. */
    public static Optional<String> key(String cursor) {
        try {
            var bytes = Base64.getUrlDecoder().decode(cursor);
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /**
     * Fills {@code items} and, where more follow, {@code next}. A page of large items is shorter
     * than its limit.
     *
     * @param sorted by key
     */
    public <T> ObjectNode of(
            List<T> sorted, Function<T, String> key, Function<T, ObjectNode> view) {
        var json = Json.object();
        var items = json.putArray("items");
        int size = 0;
        var last = "";
        for (var item : sorted) {
            if (after.isPresent() && key.apply(item).compareTo(after.get()) <= 0) {
                continue;
            }
            if (items.size() == limit || size > BYTES) {
                json.put("next", cursor(last));
                break;
            }
            var shown = view.apply(item);
            size += Json.text(shown).length();
            items.add(shown);
            last = key.apply(item);
        }
        return json;
    }

    private static String cursor(String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
