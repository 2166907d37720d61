package dev.trellis.scheduler.decide;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares what a config holds with what it should. */
final class ConfigValues {
    /** Names that begin so hold a reference to a secret (lattice-protocol 4.3). */
    private static final String SECRET = "SECRET";

    private static final String POLICY = "policy";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ConfigValues() {}

    /**
     * Whether both are the same. A secret reference holds its policy as JSON in a string, and the
     * order of the members in there means nothing: wadm writes them in another one each time.
     */
    static boolean same(String name, Map<String, String> one, Map<String, String> other) {
        if (one.equals(other) || !name.startsWith(SECRET)) {
            return one.equals(other);
        }
        var keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys.stream()
                .allMatch(key ->
                        Objects.equals(one.get(key), other.get(key))
                                || (key.equals(POLICY) && sameJson(one.get(key), other.get(key))));
    }

    private static boolean sameJson(@Nullable String one, @Nullable String other) {
        try {
            return one != null && other != null && JSON.readTree(one).equals(JSON.readTree(other));
        } catch (JsonProcessingException notOurs) {
            return false;
        }
    }
}
