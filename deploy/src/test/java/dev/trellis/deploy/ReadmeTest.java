package dev.trellis.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.api.ApiSettings;
import dev.trellis.api.history.HistorySettings;
import dev.trellis.api.store.ImportSettings;
import dev.trellis.api.store.StoreSettings;
import dev.trellis.api.wadm.WadmSettings;
import dev.trellis.events.command.CommandSettings;
import dev.trellis.events.consumer.EventSettings;
import dev.trellis.events.lease.LeaseSettings;
import dev.trellis.scheduler.loop.LoopSettings;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The README's settings table says what the records say. */
class ReadmeTest {
    private static final Set<String> BY_INSTANCE = Set.of("process", "instance");
    private static final Set<String> SHARED = Set.of("account", "replicas", "storage");

    @Test
    void everySettingIsInTheTableWithItsDefault() throws IOException, ReflectiveOperationException {
        var readme = Files.readString(Path.of("../README.md"));
        var rows = new ArrayList<String>();
        rows.addAll(rows("trellis.nats", NatsSettings.DEFAULTS));
        rows.addAll(rows("trellis.loop", LoopSettings.DEFAULTS));
        rows.addAll(rows("trellis.events", EventSettings.DEFAULTS));
        rows.addAll(rows("trellis.commands", CommandSettings.DEFAULTS));
        rows.addAll(rows("trellis.leases", LeaseSettings.DEFAULTS));
        rows.addAll(rows("trellis.store", StoreSettings.DEFAULTS));
        rows.addAll(rows("trellis.import", ImportSettings.DEFAULTS));
        rows.addAll(rows("trellis.history", HistorySettings.DEFAULTS));
        rows.addAll(rows("trellis.api", ApiSettings.DEFAULTS));
        rows.addAll(rows("trellis.wadm", WadmSettings.DEFAULTS));

        assertThat(rows).allSatisfy(row -> assertThat(readme).contains(row));
    }

    private static List<String> rows(String prefix, Record defaults)
            throws ReflectiveOperationException {
        var rows = new ArrayList<String>();
        for (var component : defaults.getClass().getRecordComponents()) {
            var value = value(component, defaults);
            var name = SettingsBinder.name(prefix, component);
            if (value instanceof Record nested) {
                rows.addAll(rows(name, nested));
            } else if (!BY_INSTANCE.contains(component.getName())
                    && !SHARED.contains(component.getName())) {
                rows.add("| `" + name + "` | " + text(value) + " |");
            }
        }
        return rows;
    }

    private static Object value(RecordComponent component, Record record)
            throws ReflectiveOperationException {
        var accessor = component.getAccessor();
        accessor.setAccessible(true);
        return accessor.invoke(record);
    }

    private static String text(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.map(ReadmeTest::text).orElse("");
            case Duration duration -> text(duration);
            case String none when none.isEmpty() -> "";
            case String text when text.isEmpty() -> "";
            default -> "`" + value + "`";
        };
    }

    private static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 3_600_000 == 0) {
            return "`" + millis / 3_600_000 + "h`";
        }
        if (millis % 60_000 == 0) {
            return "`" + millis / 60_000 + "m`";
        }
        return millis % 1000 == 0
                ? "`" + millis / 1000 + "s`"
                : String.format(Locale.ROOT, "`%dms`", millis);
    }
}
