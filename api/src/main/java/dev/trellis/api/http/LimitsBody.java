package dev.trellis.api.http;

import dev.trellis.api.body.Body;
import dev.trellis.manifest.check.Rule;
import dev.trellis.manifest.rollout.DenyWindow;
import dev.trellis.manifest.rollout.Weekdays;
import dev.trellis.scheduler.wanted.AppRecord.Hold;
import dev.trellis.scheduler.wanted.LatticeLimits;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Reads the limits of a lattice from a body, the form in which they are given as well. */
final class LimitsBody {
    private static final int MOST_PER_HOST = 1_000_000;
    private static final int MOST_INSTANCES = 100_000_000;
    private static final int MOST_WINDOWS = 100;

    private LimitsBody() {}

    static LatticeLimits read(Body body, String by, Instant now) {
        return new LatticeLimits(
                body.number("maxPerHost", 1, MOST_PER_HOST),
                body.number("maxInstances", 1, MOST_INSTANCES),
                body.amount("maxUnproven"),
                body.amount("maxUnavailable"),
                windows(body),
                body.object("hold").map(hold -> hold(hold, by, now)));
    }

    /** Who held, and when, is said by us; that it may stand there lets an answer be put back. */
    private static Hold hold(Body hold, String by, Instant now) {
        var _ = hold.text("by");
        var _ = hold.text("at");
        return new Hold(by, now, hold.text("reason").orElse(""));
    }

    private static List<DenyWindow> windows(Body body) {
        var windows = new ArrayList<DenyWindow>();
        for (var window : body.objects("windows", MOST_WINDOWS)) {
            window(window).ifPresent(windows::add);
        }
        return windows;
    }

    private static Optional<DenyWindow> window(Body body) {
        var days = days(body);
        var from = time(body, "from", false);
        var to = time(body, "to", true);
        var zone = zone(body);
        return days.isEmpty() || from.isEmpty() || to.isEmpty() || zone.isEmpty()
                ? Optional.empty()
                : Optional.of(new DenyWindow(days, from.get(), to.get(), zone.get()));
    }

    /** Absent: every day. Empty only when something is wrong with them. */
    private static EnumSet<DayOfWeek> days(Body body) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        body.words("days", Weekdays.WORDS)
                .forEach(word -> days.add(DayOfWeek.of(Weekdays.WORDS.indexOf(word) + 1)));
        if (!body.has("days")) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        if (body.json("days").filter(json -> json.isArray() && json.isEmpty()).isPresent()) {
            body.wrongly("days", Rule.MISSING_FIELD, "at least one day");
        }
        return days;
    }

    /** {@code 24:00} is the midnight at the end of the day. */
    private static Optional<LocalTime> time(Body body, String name, boolean endOfDay) {
        var expected = "a local time, as 09:30" + (endOfDay ? " or 24:00" : "");
        var text = body.text(name);
        if (endOfDay && text.equals(Optional.of(Weekdays.END_OF_DAY))) {
            return Optional.of(LocalTime.MIDNIGHT);
        }
        var time = text.filter(t -> Weekdays.TIME.matcher(t).matches()).map(LocalTime::parse);
        if (time.isEmpty()) {
            body.wrongly(name, Rule.UNKNOWN_VALUE, expected);
        }
        return time;
    }

    private static Optional<ZoneId> zone(Body body) {
        var zone = body.text("zone").flatMap(LimitsBody::zone);
        if (zone.isEmpty()) {
            body.wrongly("zone", Rule.UNKNOWN_VALUE, "a time zone, as Europe/Berlin");
        }
        return zone;
    }

    private static Optional<ZoneId> zone(String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }
}
