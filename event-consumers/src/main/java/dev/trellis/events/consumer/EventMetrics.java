package dev.trellis.events.consumer;

import dev.trellis.events.wire.Decoded;
import dev.trellis.scheduler.observe.LatticeEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Counts events by type and skipped messages by reason. All counters exist from the start. */
final class EventMetrics {
    private final Map<Class<?>, Counter> events = new HashMap<>();
    private final Map<Decoded.Reason, Counter> skipped = new EnumMap<>(Decoded.Reason.class);
    private final Counter restarts;

    EventMetrics(MeterRegistry meters) {
        for (var type : LatticeEvent.class.getPermittedSubclasses()) {
            events.put(type, meters.counter("trellis.events", "type", word(type)));
        }
        for (var reason : Decoded.Reason.values()) {
            skipped.put(reason, meters.counter("trellis.events.skipped", "reason", reason.word()));
        }
        restarts = meters.counter("trellis.events.consumer.restarts");
    }

    void came(LatticeEvent event) {
        var counter = events.get(event.getClass());
        if (counter != null) {
            counter.increment();
        }
    }

    void skipped(Decoded.Reason reason) {
        var counter = skipped.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    void restarted() {
        restarts.increment();
    }

    /** HostHeartbeat becomes host_heartbeat. */
    private static String word(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
