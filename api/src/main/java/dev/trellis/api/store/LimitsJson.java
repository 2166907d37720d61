package dev.trellis.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.manifest.rollout.DenyWindow;
import dev.trellis.manifest.terms.Amount;
import dev.trellis.scheduler.wanted.LatticeLimits;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

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
                written.put("from", window.from().toString())
                        .put("to", window.to().toString())
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

    private static void put(ObjectNode json, String member, Amount most) {
        switch (most) {
            case Amount.Count(int hosts) -> json.put(member, hosts);
            case Amount.Percent(int percent) -> json.putObject(member).put("percent", percent);
        }
    }

    private static Optional<Amount> ceiling(JsonNode value) {
        if (value.isInt()) {
            return Optional.of(new Amount.Count(value.intValue()));
        }
        var percent = StoreJson.number(value, "percent");
        return percent.isPresent()
                ? Optional.of(new Amount.Percent(percent.getAsInt()))
                : Optional.empty();
    }

    private static List<DenyWindow> windows(JsonNode values) {
        var windows = new ArrayList<DenyWindow>();
        for (var value : values) {
            var days = EnumSet.noneOf(DayOfWeek.class);
            value.path("days").forEach(day -> days.add(DayOfWeek.of(day.asInt())));
            windows.add(
                    new DenyWindow(
                            days,
                            LocalTime.parse(value.path("from").asText()),
                            LocalTime.parse(value.path("to").asText()),
                            ZoneId.of(value.path("zone").asText())));
        }
        return windows;
    }
}
