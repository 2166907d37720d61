package dev.trellis.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Limits, marks and labels over HTTP; each test has a lattice of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LatticeVerbsIT {
    private static final String[] JSON = {"Content-Type", "application/json"};
    private static final String LIMITS =
            """
            {"maxPerHost":50,"maxInstances":10000,"maxUnproven":"25%","maxUnavailable":4,\
            "windows":[{"days":["Fri"],"from":"12:00","to":"24:00","zone":"Europe/Berlin"}],\
            "hold":{"reason":"a look round"}}\
            """;

    private final NatsServer server = NatsServer.start();
    private final HttpApi api = new HttpApi(server);

    @AfterAll
    void stop() {
        api.close();
        server.close();
    }

    @Test
    void limitsAreReplacedAsAWholeAndHaveATagOfTheirOwn() {
        var path = "/api/v1/lattices/limits/limits";
        var none = api.get(path);
        assertThat(none.body()).isEqualTo("{}");

        var put = api.call("PUT", path, LIMITS, JSON);
        assertThat(put.status()).as(put.body()).isEqualTo(200);
        var json = put.json();
        assertThat(json.path("maxPerHost").asInt()).isEqualTo(50);
        assertThat(json.path("maxUnproven").asText()).isEqualTo("25%");
        assertThat(json.path("windows").get(0).path("to").asText()).isEqualTo("24:00");
        assertThat(json.path("hold").path("by").asText()).isEqualTo("anonymous");
        assertThat(api.get(path).body()).isEqualTo(put.body());
        assertThat(api.get(path, "If-None-Match", put.header("ETag")).status()).isEqualTo(304);

        var same = api.call("PUT", path, put.body(), JSON);
        assertThat(same.body()).as("what was given can be put back").isEqualTo(put.body());
        assertThat(same.header("ETag")).isEqualTo(put.header("ETag"));

        assertThat(
                        api.call("PUT", path, "{}", with(JSON, "If-Match", none.header("ETag")))
                                .status())
                .isEqualTo(412);
        var cleared = api.call("PUT", path, "{}", with(JSON, "If-Match", put.header("ETag")));
        assertThat(cleared.body()).isEqualTo("{}");
    }

    @Test
    void everyProblemOfALimitsBodyIsToldWithItsPlace() {
        var reply =
                api.call(
                        "PUT",
                        "/api/v1/lattices/bad/limits",
                        """
                        {"maxPerHost": 0, "maxUnproven": "125%", "maxUnavaliable": 1,
                         "windows": [{"days": ["Friday"], "from": "25:00", "zone": "Mars"}]}
                        """,
                        JSON);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("code").asText()).isEqualTo("InvalidBody");
        assertThat(reply.json().path("problems").findValuesAsText("path"))
                .containsExactlyInAnyOrder(
                        "maxPerHost",
                        "maxUnproven",
                        "maxUnavaliable",
                        "windows[0].days[0]",
                        "windows[0].from",
                        "windows[0].to",
                        "windows[0].zone");
        assertThat(reply.json().path("problems").get(0).path("line").asInt()).isEqualTo(1);
        assertThat(api.call("PUT", "/api/v1/lattices/bad/limits", "{", JSON).status())
                .isEqualTo(400);
        assertThat(
                        api.call(
                                        "PUT",
                                        "/api/v1/lattices/bad/limits",
                                        "a: 1",
                                        "Content-Type",
                                        "application/yaml")
                                .status())
                .isEqualTo(415);
    }

    @Test
    void holdAndReleaseOfALatticeAreInItsLimits() {
        var path = "/api/v1/lattices/held";
        var held = api.post(path + "/hold", "{\"reason\":\"night\"}", JSON);

        assertThat(held.json().path("hold").path("reason").asText()).isEqualTo("night");
        assertThat(api.get(path + "/limits").json().path("hold").path("reason").asText())
                .isEqualTo("night");
        assertThat(api.post(path + "/release", "").status()).isEqualTo(200);
        assertThat(api.get(path + "/limits").body()).isEqualTo("{}");
    }

    @Test
    void aHostIsCordonedDrainedAndTakenIntoUseAgain() {
        own("marks", "NA");
        var path = "/api/v1/lattices/marks/hosts/NA";

        var cordoned = api.post(path + "/cordon", "{\"reason\":\"disk\"}", JSON);
        assertThat(cordoned.status()).as(cordoned.body()).isEqualTo(200);
        assertThat(cordoned.json().path("cordoned").path("reason").asText()).isEqualTo("disk");
        assertThat(cordoned.json().has("draining")).isFalse();

        var drained = api.post(path + "/drain", "");
        assertThat(drained.status()).isEqualTo(202);
        assertThat(drained.json().path("cordoned").path("reason").asText()).isEqualTo("disk");
        assertThat(drained.json().path("draining").path("by").asText()).isEqualTo("anonymous");
        assertThat(api.post(path + "/drain", "").status()).isEqualTo(200);

        assertThat(api.post(path + "/uncordon", "").body()).isEqualTo("{\"id\":\"NA\"}");
    }

    @Test
    void aHostThatIsNotThereIsNotFoundAndWithoutAnOwnerNobodyKnows() {
        own("known", "NB");

        assertThat(api.post("/api/v1/lattices/known/hosts/NGONE/cordon", "").status())
                .isEqualTo(404);
        assertThat(api.post("/api/v1/lattices/known/hosts/NGONE/uncordon", "").status())
                .isEqualTo(404);
        assertThat(api.post("/api/v1/lattices/unowned/hosts/NB/drain", "").status()).isEqualTo(503);
        assertThat(api.get("/api/v1/lattices/known/hosts/N%20A").status()).isEqualTo(400);
    }

    @Test
    void labelsOfALiveHostAreSetAndRemoved() {
        own("labels", "NL");
        var host = new HostId("NL");
        api.labels.add(host);
        var path = "/api/v1/lattices/labels/hosts/NL/labels/";

        var put = api.call("PUT", path + "topology.io%2Fzone", "{\"value\":\"a\"}", JSON);
        assertThat(put.status()).as(put.body()).isEqualTo(200);
        assertThat(api.labels.of(host)).containsEntry("topology.io/zone", "a");

        assertThat(api.delete(path + "topology.io%2Fzone").status()).isEqualTo(200);
        assertThat(api.labels.of(host)).isEmpty();
        assertThat(api.call("PUT", path + "zone", "{}", JSON).status()).isEqualTo(422);
        assertThat(api.call("PUT", path + "HostCore.os", "{\"value\":\"a\"}", JSON).status())
                .isEqualTo(422);
        assertThat(api.delete(path + "hostcore.os").status()).isEqualTo(422);
    }

    @Test
    void aDrainingHostSaysWhatIsLeftAndWhatKeepsIt() {
        api.owner.owned.add(new LatticeName("left"));
        api.owner.hosts.add(Seen.draining("ND", 3, "api: 3 fit nowhere else (maxPerHost=4)"));

        var draining = api.get("/api/v1/lattices/left/hosts/ND").json().path("draining");

        assertThat(draining.path("left").asInt()).isEqualTo(3);
        assertThat(draining.path("message").asText()).contains("maxPerHost=4");
    }

    @Test
    void moreInstancesThanTheLatticeAllowsAreStoredAndNotDeployed() {
        var path = "/api/v1/lattices/most";
        assertThat(api.call("PUT", path + "/limits", "{\"maxInstances\":5}", JSON).status())
                .isEqualTo(200);
        assertThat(api.put(path + "/apps/shop?deploy=true", Yaml.app("shop", "v1", 5)).status())
                .isLessThan(300);

        var more = api.put(path + "/apps/shop?deploy=true", Yaml.app("shop", "v2", 6));

        assertThat(more.status()).as(more.body()).isEqualTo(422);
        assertThat(more.json().path("code").asText()).isEqualTo("TooManyInstances");
        assertThat(more.json().path("detail").asText()).contains("6").contains("5");
        assertThat(more.json().path("stored").asBoolean()).isTrue();
    }

    private void own(String lattice, String host) {
        api.owner.owned.add(new LatticeName(lattice));
        api.owner.hosts.add(Seen.host(host));
    }

    private static String[] with(String[] headers, String name, String value) {
        return List.of(headers[0], headers[1], name, value).toArray(String[]::new);
    }
}
