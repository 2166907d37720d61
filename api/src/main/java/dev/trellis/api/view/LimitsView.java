package dev.trellis.api.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.manifest.rollout.DenyWindow;
import dev.trellis.manifest.rollout.Weekdays;
import dev.trellis.manifest.terms.Amount;
import dev.trellis.scheduler.wanted.LatticeLimits;
import java.time.LocalTime;

/** The limits of a lattice. */
public final class LimitsView {
    private LimitsView() {}

    public static ObjectNode of(LatticeLimits limits) {
        var json = Json.object();
        limits.maxPerHost().ifPresent(most -> json.put("maxPerHost", most));
        limits.maxInstances().ifPresent(most -> json.put("maxInstances", most));
        limits.maxUnproven().ifPresent(most -> amount(json, "maxUnproven", most));
        limits.maxUnavailable().ifPresent(most -> amount(json, "maxUnavailable", most));
        if (!limits.windows().isEmpty()) {
            var windows = json.putArray("windows");
            limits.windows().forEach(window -> windows.add(window(window)));
        }
        Json.hold(json, limits.hold());
        return json;
    }

    private static void amount(ObjectNode json, String member, Amount amount) {
        switch (amount) {
            case Amount.Count(int count) -> json.put(member, count);
            case Amount.Percent _ -> json.put(member, amount.spelled());
        }
    }

    private static ObjectNode window(DenyWindow window) {
        var json = Json.object();
        var days = json.putArray("days");
        window.days().forEach(day -> days.add(Weekdays.WORDS.get(day.getValue() - 1)));
        var to = window.to();
        return json.put("from", window.from().toString())
                .put("to", to.equals(LocalTime.MIDNIGHT) ? Weekdays.END_OF_DAY : to.toString())
                .put("zone", window.zone().getId());
    }
}
