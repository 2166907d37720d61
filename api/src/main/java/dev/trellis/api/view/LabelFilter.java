package dev.trellis.api.view;

import java.util.Map;
import java.util.Optional;

/** {@code key=value}: has the label with this value; {@code key}: has the label. */
public record LabelFilter(String key, Optional<String> value) {
    public static LabelFilter parse(String text) {
        int at = text.indexOf('=');
        return at < 0
                ? new LabelFilter(text, Optional.empty())
                : new LabelFilter(text.substring(0, at), Optional.of(text.substring(at + 1)));
    }

    public boolean matches(Map<String, String> labels) {
        var found = Optional.ofNullable(labels.get(key));
        return value.isPresent() ? found.equals(value) : found.isPresent();
    }
}
