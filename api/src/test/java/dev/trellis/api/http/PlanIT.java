package dev.trellis.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.scheduler.decide.Explanation;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Plans, explanations and differences: on the owner, and on another process that asks it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PlanIT {
    private final NatsServer server = NatsServer.start();
    private final HttpApi api = new HttpApi(server);
    private final HttpApi other = new HttpApi(server);

    @AfterAll
    void stop() {
        other.close();
        api.close();
        server.close();
    }

    @Test
    void aPlanOfTheLatestVersionOfAnEmptyBodyAndOfOneThatIsNotStored() {
        var path = app("plan");

        var latest = api.post(path + "/plan", "");
        assertThat(latest.status()).as(latest.body()).isEqualTo(200);
        assertThat(latest.json().path("to").asText()).isEqualTo("v2");
        assertThat(latest.json().path("commandCounts").path("scale").asInt()).isEqualTo(5);
        assertThat(latest.json().has("commands")).isFalse();
        assertThat(latest.json().path("changes").findValuesAsText("path")).isNotEmpty();

        var yaml = new String[] {"Content-Type", "application/yaml"};
        var unstored = api.post(path + "/plan", Yaml.app("shop", "v3", 3), yaml);
        assertThat(unstored.json().path("to").asText()).isEqualTo("v3");
        var stored = api.post(path + "/plan", Yaml.app("shop", "v2", 2), yaml);
        assertThat(stored.json().path("planHash")).isEqualTo(latest.json().path("planHash"));
        assertThat(api.post(path + "/plan", Yaml.app("blog", "v3", 3), yaml).status())
                .isEqualTo(422);
    }

    @Test
    void anotherProcessAsksTheOwnerForPlansAndExplanations() {
        var path = app("far");
        explain();

        assertThat(other.post(path + "/plan", "").json())
                .isEqualTo(api.post(path + "/plan", "").json());
        assertThat(other.get(path + "/explain?host=NA").json())
                .isEqualTo(api.get(path + "/explain?host=NA").json());
        assertThat(api.post(path + "/deploy", "").status()).isEqualTo(202);
        assertThat(other.post(path + "/rebalance", "").status()).isEqualTo(202);
        assertThat(api.owner.rebalanced).contains(new AppName("shop"));
        assertThat(other.post(path + "/rebalance?dryRun=true", "").json().path("planHash").asText())
                .startsWith("sha256:rebalance");
    }

    @Test
    void aPutThatIsDryAnswersThePlanAndStoresNothing() {
        var path = app("dry");

        var dry = api.put(path + "?dryRun=true&commands=true", Yaml.app("shop", "v3", 3));

        assertThat(dry.status()).as(dry.body()).isEqualTo(200);
        assertThat(dry.json().path("commands").path("items")).hasSize(5);
        assertThat(api.get(path + "?version=v3").status()).isEqualTo(404);
        assertThat(api.put(path + "?dryRun=true", Yaml.app("shop", "v2", 9)).status())
                .isEqualTo(409);
        assertThat(
                        api.put(
                                        path + "?dryRun=true",
                                        Yaml.app("shop", "v3", 3),
                                        "If-None-Match",
                                        "*")
                                .status())
                .isEqualTo(412);
    }

    @Test
    void aDeployIsBoundToThePlanThatWasSeenAndACursorToItsPlan() {
        var path = app("bound");
        var page = api.post(path + "/plan?commands=true&limit=2", "").json();
        var hash = page.path("planHash").asText();
        var next = page.path("commands").path("next").asText();

        var rest = api.post(path + "/plan?commands=true&limit=9&cursor=" + next, "").json();
        assertThat(rest.path("commands").path("items").findValuesAsText("host"))
                .containsExactly("N2", "N3", "N4");

        api.owner.world = "two";
        var moved = api.post(path + "/plan?commands=true&cursor=" + next, "");
        assertThat(moved.status()).isEqualTo(409);
        assertThat(moved.json().path("code").asText()).isEqualTo("PlanChanged");
        var refused = api.post(path + "/deploy?planHash=" + hash, "");
        assertThat(refused.json().path("code").asText()).isEqualTo("PlanChanged");
        var now = refused.json().path("planHash").asText();
        assertThat(api.post(path + "/deploy?planHash=" + now, "").status()).isEqualTo(202);
    }

    @Test
    void anExplanationIsShownAsItWasGiven() {
        var path = app("explain");
        explain();

        var json = api.get(path + "/explain").json();

        assertThat(json.path("components").get(0).path("spreads").get(0).path("binding").get(0))
                .hasToString("\"maxPerHost\"");
        assertThat(json.has("host")).isFalse();
        assertThat(api.get(path + "/explain?host=NA").json().path("host").path("id").asText())
                .isEqualTo("NA");
        assertThat(api.get("/api/v1/lattices/explain/apps/none/explain").status()).isEqualTo(404);
    }

    @Test
    void rebalancingNeedsADeployedApp() {
        var path = app("still");

        var refused = api.post(path + "/rebalance", "");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asText()).isEqualTo("NotDeployed");
        assertThat(api.post(path + "/rebalance", "", "If-Match", "\"1\"").status()).isEqualTo(412);
    }

    @Test
    void aDiffGoesFromTheDeployedVersionToTheLatestByDefault() {
        var path = app("diff");

        var first = api.get(path + "/diff").json();
        assertThat(first.has("from")).isFalse();
        assertThat(first.path("to").asText()).isEqualTo("v2");

        assertThat(
                        api.post(
                                        path + "/deploy",
                                        "{\"version\":\"v1\"}",
                                        "Content-Type",
                                        "application/json")
                                .status())
                .isEqualTo(202);
        var json = api.get(path + "/diff").json();
        assertThat(json.path("from").asText()).isEqualTo("v1");
        assertThat(json.path("changes")).hasSize(1);
        assertThat(json.path("changes").get(0).path("from").asInt()).isEqualTo(1);
        assertThat(json.path("changes").get(0).path("to").asInt()).isEqualTo(2);
        assertThat(json.path("changes").get(0).path("class").asText()).isEqualTo("placement");
        assertThat(api.get(path + "/diff?from=v2&to=deployed").json().path("to").asText())
                .isEqualTo("v1");
        assertThat(api.get(path + "/diff?from=v9").status()).isEqualTo(404);
    }

    private String app(String lattice) {
        api.owner.owned.add(new LatticeName(lattice));
        var path = "/api/v1/lattices/" + lattice + "/apps/shop";
        assertThat(api.put(path, Yaml.app("shop", "v1", 1)).status()).isEqualTo(201);
        assertThat(api.put(path, Yaml.app("shop", "v2", 2)).status()).isEqualTo(201);
        return path;
    }

    private void explain() {
        api.owner.explanations.put(
                new AppName("shop"),
                new Explanation(
                        new AppName("shop"),
                        "v2",
                        List.of(
                                new Explanation.ComponentExplanation(
                                        "api",
                                        10,
                                        9,
                                        List.of(
                                                new Explanation.SpreadExplanation(
                                                        "eu",
                                                        30,
                                                        3,
                                                        2,
                                                        12,
                                                        2,
                                                        new TreeMap<>(),
                                                        new TreeMap<>(),
                                                        List.of("maxPerHost"),
                                                        List.of("maxPerHost>=2"))),
                                        List.of(),
                                        new Explanation.Moves(0, 0, 0, ""))),
                        Optional.of(
                                new Explanation.HostExplanation(
                                        new HostId("NA"), Optional.empty(), List.of()))));
    }
}
