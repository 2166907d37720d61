package dev.trellis.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.scheduler.wanted.Ceiling;
import dev.trellis.scheduler.wanted.DenyWindow;
import dev.trellis.scheduler.wanted.LatticeLimits;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The value of {@code limits.<lattice>}. */
final class LimitsJson {
    private LimitsJson() {}

    static byte[] write(LatticeLimits limits) {
        var json = StoreJson.MAPPER.createObjectNode();
        StoreJson.put(json, "maxPerHost", limits.maxPerHost());
        StoreJson.put(json, "maxInstances", limits.maxInstances());
        limits.maxUnproven().ifPresent(most -> put(json, "maxUnproven", most));
        limits.maxUnavailable().ifPresent(most -> put(json, "maxUnavailable", most));
        if (!limits.windows().isEmpty()) {
            var windows = json.putArray("windows");
            for (var window : limits.windows()) {
                var written = windows.addObject();
                var days = written.putArray("days");
                window.days().forEach(day -> days.add(day.getValue()));
                written.put("from", window.from())
                        .put("to", window.to())
                        .put("zone", window.zone().getId());
            }
        }
        StoreJson.putHold(json, limits.hold());
        return StoreJson.bytes(json);
    }

    static LatticeLimits read(byte[] value) {
        var json = StoreJson.parse(value);
        return new LatticeLimits(
                StoreJson.number(json, "maxPerHost"),
                StoreJson.number(json, "maxInstances"),
                ceiling(json.path("maxUnproven")),
                ceiling(json.path("maxUnavailable")),
                windows(json.path("windows")),
                StoreJson.hold(json));
    }

    private static void put(ObjectNode json, String member, Ceiling most) {
        switch (most) {
            case Ceiling.Count(int hosts) -> json.put(member, hosts);
            case Ceiling.Percent(int percent) -> json.putObject(member).put("percent", percent);
        }
    }

    private static Optional<Ceiling> ceiling(JsonNode value) {
        if (value.isInt()) {
            return Optional.of(new Ceiling.Count(value.intValue()));
        }
        var percent = StoreJson.number(value, "percent");
        return percent.isPresent()
                ? Optional.of(new Ceiling.Percent(percent.getAsInt()))
                : Optional.empty();
    }

    private static List<DenyWindow> windows(JsonNode values) {
        var windows = new ArrayList<DenyWindow>();
        for (var value : values) {
            var days = new TreeSet<DayOfWeek>();
            value.path("days").forEach(day -> days.add(DayOfWeek.of(day.asInt())));
            windows.add(
                    new DenyWindow(
                            days,
                            value.path("from").asInt(),
                            value.path("to").asInt(),
                            ZoneId.of(value.path("zone").asText())));
        }
        return windows;
    }
}
