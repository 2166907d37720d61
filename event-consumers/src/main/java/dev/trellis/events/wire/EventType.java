package dev.trellis.events.wire;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The last token of an event's subject (lattice-protocol 2.2). */
enum EventType {
    COMPONENT_SCALED,
    COMPONENT_SCALE_FAILED,
    PROVIDER_STARTED,
    PROVIDER_START_FAILED,
    PROVIDER_STOPPED,
    HEALTH_CHECK_PASSED,
    HEALTH_CHECK_FAILED,
    HEALTH_CHECK_STATUS,
    HOST_STARTED,
    HOST_STOPPED,
    HOST_HEARTBEAT,
    LABELS_CHANGED,
    LINKDEF_SET,
    LINKDEF_SET_FAILED,
    LINKDEF_DELETED,
    CONFIG_SET,
    CONFIG_DELETED;

    private static final Map<String, EventType> BY_TOKEN =
            Stream.of(values())
                    .collect(
                            Collectors.toMap(
                                    type -> type.name().toLowerCase(Locale.ROOT),
                                    Function.identity()));

    static Optional<EventType> ofSubject(String subject) {
        return Optional.ofNullable(BY_TOKEN.get(subject.substring(subject.lastIndexOf('.') + 1)));
    }
}
