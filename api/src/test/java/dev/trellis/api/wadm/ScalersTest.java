package dev.trellis.api.wadm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.AppStatus.ComponentStatus;
import dev.trellis.scheduler.decide.AppStatus.HostEntry;
import dev.trellis.scheduler.decide.AppStatus.LinkStatus;
import dev.trellis.scheduler.decide.AppStatus.SpreadStatus;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ScalersTest {
    private static final String MANIFEST =
            """
            apiVersion: core.oam.dev/v1beta1
            kind: Application
            metadata:
              name: my-app
            spec:
              components:
                - name: server
                  type: capability
                  properties:
                    image: reg.example/server:1
                  traits:
                    - type: link
                      properties:
                        namespace: wasi
                        package: http
                        interfaces: [incoming-handler]
                        target: {name: api}
                - name: api
                  type: component
                  properties:
                    image: reg.example/api:1
                  traits:
                    - type: daemonscaler
                      properties: {instances: 1}
                    - type: spreadscaler
                      properties: {instances: 2}
            """;

    @Test
    void theOrderIsThatOfTheManifestAndAProviderWithoutAScalerComesAfterItsLinks() {
        var scalers = scalers(Phase.DEPLOYED, component("api", 1, 1), List.of(good("api")));

        assertThat(scalers.stream().map(Scaler::kind).toList())
                .containsExactly("LinkScaler", "SpreadScaler", "DaemonScaler", "SpreadScaler");
        assertThat(scalers.stream().map(Scaler::name).toList())
                .containsExactly(
                        "my_app-server -(wasi:http)-> my_app-api",
                        "my_app-server",
                        "my_app-api",
                        "my_app-api");
        assertThat(scalers).allSatisfy(s -> assertThat(s.type()).isEqualTo("deployed"));
    }

    @Test
    void whatIsLeftIsToldInHosts() {
        var scalers =
                scalers(
                        Phase.RECONCILING,
                        component("api", 2, 1),
                        List.of(good("api"), host("api", "Starting", 1), host("api", "Idle", 0)));

        assertThat(scalers.get(2).message()).isEqualTo("Scaling component on 2 host(s)");
        assertThat(scalers.get(2).type()).isEqualTo("reconciling");
    }

    @Test
    void whatIsNotPlacedYetIsNotDone() {
        var scalers = scalers(Phase.RECONCILING, component("api", 0, 0), List.of());

        assertThat(scalers.get(2).type()).isEqualTo("reconciling");
        assertThat(scalers.get(3).message()).isEqualTo("Scaling component on 1 host(s)");
        assertThat(scalers.get(1).type()).isEqualTo("deployed");
    }

    @Test
    void aSpreadThatFitsNowhereFailsAndNamesIt() {
        var lacking =
                new ComponentStatus(
                        "api",
                        "my_app-api",
                        "component",
                        "i",
                        3,
                        1,
                        0,
                        Map.of(),
                        List.of(new SpreadStatus("eu", 1, 1), new SpreadStatus("us", 2, 0)),
                        Optional.empty());

        var scalers = scalers(Phase.FAILED, lacking, List.of(good("api")));

        assertThat(scalers.get(2).type()).isEqualTo("failed");
        assertThat(scalers.get(2).message()).contains("2 instance(s)", "us").doesNotContain("eu");
    }

    private static List<Scaler> scalers(Phase phase, ComponentStatus api, List<HostEntry> hosts) {
        var server = component("server", 1, 1);
        var all = new java.util.ArrayList<>(hosts);
        all.add(good("server"));
        var status =
                new AppStatus(
                        new AppName("my-app"),
                        Optional.of("uid"),
                        phase,
                        "",
                        Optional.of("v1"),
                        Optional.of("v1"),
                        List.of(),
                        List.of(server, api),
                        List.of(
                                new LinkStatus(
                                        "my_app-server",
                                        "my_app-api",
                                        "default",
                                        "wasi:http/incoming-handler",
                                        true)),
                        List.of(),
                        Optional.empty(),
                        all);
        return new Scalers(status).of(Optional.of(WadmPresenceIT.manifest(MANIFEST)));
    }

    private static ComponentStatus component(String name, int wanted, int running) {
        return new ComponentStatus(
                name,
                "my_app-" + name,
                name.equals("server") ? "capability" : "component",
                "i",
                wanted,
                running,
                0,
                Map.of(),
                List.of(),
                Optional.empty());
    }

    private static HostEntry good(String component) {
        return host(component, "Good", 1);
    }

    private static HostEntry host(String component, String state, int wanted) {
        return new HostEntry(component, new HostId("N" + state), wanted, 0, "v1", state);
    }
}
