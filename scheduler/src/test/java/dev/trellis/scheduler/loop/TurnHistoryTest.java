package dev.trellis.scheduler.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.port.History;
import dev.trellis.scheduler.port.RecordingHistory;
import dev.trellis.scheduler.step.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the history is told of a turn. */
final class TurnHistoryTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final AppName SHOP = new AppName("shop");
    private static final AppName BLOG = new AppName("blog");

    private final RecordingHistory told = new RecordingHistory();
    private final TurnHistory history = new TurnHistory(new LatticeName("default"), told);

    @Test
    void oneEntryForEachAppAndTurnWithCountsAndTheCommonestReason() {
        history.tell(
                List.of(
                        scale(SHOP, "NA", "HostGone"),
                        scale(SHOP, "NB", "HostGone"),
                        new Effect.Send(SHOP, new Command.DeleteConfig("old"), "Unwanted"),
                        scale(BLOG, "NA", "Missing")),
                NOW);

        assertThat(told.told()).hasSize(2);
        var shop = told.told().get(1);
        assertThat(shop.app()).contains(SHOP);
        assertThat(shop.entry().kind()).isEqualTo(History.Kind.COMMAND);
        assertThat(shop.entry().reason()).isEqualTo("HostGone");
        assertThat(shop.entry().commands())
                .containsEntry("scale", 2)
                .containsEntry("deleteConfig", 1);
        assertThat(shop.entry().hosts()).containsExactly(new HostId("NA"), new HostId("NB"));
        assertThat(shop.entry().at()).isEqualTo(NOW);
    }

    @Test
    void atMostAHundredHostsAreNamedAndAllAreCounted() {
        var sends = new ArrayList<Effect>();
        for (int i = 0; i < 250; i++) {
            sends.add(scale(SHOP, "N%03d".formatted(i), "Missing"));
        }
        history.tell(sends, NOW);

        var entry = told.told().getFirst().entry();
        assertThat(entry.hosts()).hasSize(100);
        assertThat(entry.hostCount()).isEqualTo(250);
    }

    @Test
    void aChangeOfPhaseIsAnEventButNotTheFirstPhaseAfterATakeover() {
        history.tell(List.of(new Effect.Publish(status(Phase.RECONCILING))), NOW);
        assertThat(told.told()).isEmpty();

        history.tell(List.of(new Effect.Publish(status(Phase.DEPLOYED))), NOW);
        history.tell(List.of(new Effect.Publish(status(Phase.DEPLOYED))), NOW);

        assertThat(told.told()).hasSize(1);
        var entry = told.told().getFirst().entry();
        assertThat(entry.kind()).isEqualTo(History.Kind.EVENT);
        assertThat(entry.reason()).isEqualTo("Deployed");
        assertThat(entry.version()).contains("v1");
    }

    @Test
    void aTurnThatDidNothingTellsNothing() {
        history.tell(List.of(new Effect.Ping()), NOW);

        assertThat(told.told()).isEmpty();
    }

    private static Effect.Send scale(AppName app, String host, String reason) {
        return new Effect.Send(
                app,
                new Command.Scale(
                        new HostId(host),
                        new WorkloadId("shop-api"),
                        "reg.example/api:1.0",
                        1,
                        new TreeMap<>(),
                        List.of()),
                reason);
    }

    private static AppStatus status(Phase phase) {
        return new AppStatus(
                SHOP,
                Optional.of("uid"),
                phase,
                "said",
                Optional.of("v1"),
                Optional.of("v1"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of());
    }
}
