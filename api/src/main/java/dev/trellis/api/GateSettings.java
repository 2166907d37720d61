package dev.trellis.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the gates of rollouts may reach.
 *
 * @param hosts names of hosts, or {@code host:port}, with commas between; absent: none, and a
 *     policy with such a gate is refused
 */
public record GateSettings(Optional<String> hosts) {
    public static final GateSettings DEFAULTS = new GateSettings(Optional.empty());

    /** The names, lower-case. */
    public Set<String> names() {
        return Arrays.stream(hosts.orElse("").split(",", -1))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
