package dev.trellis.events.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.observe.LinkKey;
import dev.trellis.scheduler.observe.WorkloadId;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandSubjectsTest {
    private static final LatticeName BLUE = new LatticeName("blue");
    private static final HostId HOST = new HostId("N1");
    private static final WorkloadId ID = new WorkloadId("a");

    private final CommandSubjects subjects = new CommandSubjects(CommandSettings.DEFAULTS);

    @Test
    void aCommandToAHostNamesTheHost() {
        assertThat(
                        subjects.of(
                                BLUE,
                                new Command.Scale(HOST, ID, "r", 1, new TreeMap<>(), List.of())))
                .isEqualTo("wasmbus.ctl.v1.blue.component.scale.N1");
        assertThat(
                        subjects.of(
                                BLUE,
                                new Command.StartProvider(
                                        HOST, ID, "r", new TreeMap<>(), List.of())))
                .isEqualTo("wasmbus.ctl.v1.blue.provider.start.N1");
        assertThat(subjects.of(BLUE, new Command.StopProvider(HOST, ID)))
                .isEqualTo("wasmbus.ctl.v1.blue.provider.stop.N1");
    }

    @Test
    void configsAreNamedAndLinksAreNot() {
        assertThat(subjects.of(BLUE, new Command.PutConfig("c", new TreeMap<>())))
                .isEqualTo("wasmbus.ctl.v1.blue.config.put.c");
        assertThat(subjects.of(BLUE, new Command.DeleteConfig("c")))
                .isEqualTo("wasmbus.ctl.v1.blue.config.del.c");
        assertThat(subjects.of(BLUE, new Command.DeleteLink(new LinkKey(ID, "default", "w", "p"))))
                .isEqualTo("wasmbus.ctl.v1.blue.link.del");
    }

    @Test
    void queriesHaveTheirSubjects() {
        assertThat(subjects.ping(BLUE)).isEqualTo("wasmbus.ctl.v1.blue.host.ping");
        assertThat(subjects.inventory(BLUE, HOST)).isEqualTo("wasmbus.ctl.v1.blue.host.get.N1");
        assertThat(subjects.links(BLUE)).isEqualTo("wasmbus.ctl.v1.blue.link.get");
        assertThat(subjects.config(BLUE, "c")).isEqualTo("wasmbus.ctl.v1.blue.config.get.c");
    }

    @Test
    void accountAndPrefixComeFirst() {
        var defaults = CommandSettings.DEFAULTS;
        var settings =
                new CommandSettings(
                        "my.ctl",
                        "AXY",
                        defaults.inFlight(),
                        defaults.slowAfter(),
                        defaults.timeout(),
                        defaults.queryTimeout(),
                        defaults.pingWindow());

        assertThat(new CommandSubjects(settings).ping(BLUE))
                .isEqualTo("AXY.my.ctl.v1.blue.host.ping");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a b", "*", ">", ""})
    void aNameThatIsNotOneTokenIsRefused(String name) {
        assertThatThrownBy(() -> subjects.config(BLUE, name))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
