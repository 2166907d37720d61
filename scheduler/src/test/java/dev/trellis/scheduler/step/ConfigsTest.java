package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.config;
import static dev.trellis.scheduler.step.Manifests.external;
import static dev.trellis.scheduler.step.Manifests.instances;
import static dev.trellis.scheduler.step.Manifests.withSecret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.ConfigRef;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.SecretRef;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.WorkloadId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Configs and secret references: put in time, put right, and never taken from what uses them. */
final class ConfigsTest {
    private static final SecretRef DB =
            new SecretRef("db", "vault", "shop/db", Optional.of("password"), Optional.empty());

    private final World world = new World(41);

    private static Manifest shop(String image, ConfigRef... configs) {
        return app("shop")
                .with(component("api", image, List.of(configs), instances(1)))
                .with(component("web", "reg/web:1", List.of(config("w", "k", "v")), instances(1)))
                .build();
    }

    private static Manifest secretive(Map<String, String> policy) {
        return app("shop")
                .secretPolicy("vault", policy)
                .with(withSecret(DB, component("api", "reg/api:1", instances(1))))
                .build();
    }

    private void start(Manifest manifest) {
        world.begin();
        world.host("N1");
        world.host("N2");
        world.deploy(manifest);
        world.converge(Duration.ofMinutes(1));
    }

    private List<Command> commandsAfter(int before) {
        return world.sent.stream().skip(before).map(World.Sent::command).toList();
    }

    private static SortedMap<String, String> values(String key, String value) {
        return new TreeMap<>(Map.of(key, value));
    }

    @Test
    @DisplayName("B01: a config that stays the same is there at every moment of an upgrade")
    void aConfigIsNeverAwayDuringAnUpgrade() {
        for (long seed = 0; seed < 30; seed++) {
            var random = new World(seed);
            random.begin();
            random.host("N1");
            random.host("N2");
            random.deploy(shop("reg/api:1", config("c", "k", "v")));
            random.converge(Duration.ofMinutes(1));
            random.watch(
                    () -> assertThat(random.configs).containsEntry("shop-c", values("k", "v")));
            random.deploy(shop("reg/api:2", config("c", "k", "v")));
            random.run(Duration.ofSeconds(1));
            random.converge(Duration.ofMinutes(1));
            random.run(Duration.ofMinutes(2));
            assertThat(random.hosts.values().stream().flatMap(h -> h.entries.values().stream()))
                    .filteredOn(e -> e.config().contains("shop-c"))
                    .extracting(FakeHost.Entry::bytes)
                    .containsOnly("reg/api:2");
            assertThat(random.sent).noneMatch(s -> s.command() instanceof Command.DeleteConfig);
        }
    }

    @Test
    void aConfigStaysWhileAHostStillRunsWhatWasStartedWithIt() {
        start(shop("reg/api:1", config("old", "k", "v")));
        world.watch(() -> {
            boolean used =
                    world.hosts.values().stream()
                            .flatMap(h -> h.entries.values().stream())
                            .anyMatch(e -> e.config().contains("shop-old"));
            assertThat(!used || world.configs.containsKey("shop-old")).isTrue();
        });
        world.deploy(shop("reg/api:2", config("new", "k", "v")));
        world.run(Duration.ofSeconds(1));
        world.converge(Duration.ofMinutes(1));
        world.run(Duration.ofSeconds(5));
        assertThat(world.configs).containsOnlyKeys("shop-new", "shop-w");
    }

    @Test
    @DisplayName("A12: two values of one config name, forced through, make no loop of puts")
    void twoValuesOfOneNameMakeNoLoop() {
        start(
                app("shop")
                        .with(
                                component(
                                        "api",
                                        "reg/api:1",
                                        List.of(config("c", "k", "1"), config("c", "k", "2")),
                                        instances(1)))
                        .build());
        int before = world.sent.size();
        world.run(Duration.ofMinutes(2));
        assertThat(world.sent).hasSize(before);
    }

    @Test
    @DisplayName("A14: a component starts as soon as its config is there")
    void aComponentStartsOnceItsConfigIsThere() {
        world.begin();
        world.host("N1");
        world.deploy(shop("reg/api:1", external("theirs")));
        world.run(Duration.ofSeconds(10));
        assertThat(world.instances("shop-api")).isZero();
        world.configs.put("theirs", values("a", "b"));
        world.publish(new LatticeEvent.ConfigSet("theirs"));
        world.run(Duration.ofSeconds(1));
        assertThat(world.sent)
                .extracting(World.Sent::command)
                .anyMatch(c -> c instanceof Command.Scale s && s.id().equals(id("api")));
    }

    @Test
    @DisplayName("A15: a config that somebody deleted or changed is put again")
    void aConfigIsPutRight() {
        start(shop("reg/api:1", config("c", "k", "v")));
        world.configs.remove("shop-c");
        world.publish(new LatticeEvent.ConfigDeleted("shop-c"));
        world.run(Duration.ofSeconds(1));
        assertThat(world.configs).containsEntry("shop-c", values("k", "v"));
        world.configs.put("shop-c", values("k", "theirs"));
        world.publish(new LatticeEvent.ConfigSet("shop-c"));
        world.run(Duration.ofSeconds(1));
        assertThat(world.configs).containsEntry("shop-c", values("k", "v"));
    }

    @Test
    @DisplayName("A16: an external config outlives the app that refers to it")
    void anExternalConfigOutlivesTheApp() {
        world.configs.put("theirs", values("a", "b"));
        start(shop("reg/api:1", external("theirs")));
        world.watch(() -> assertThat(world.configs).containsKey("theirs"));
        world.undeploy("shop");
        world.converge(Duration.ofMinutes(1));
        world.run(Duration.ofSeconds(10));
        assertThat(world.configs).containsOnlyKeys("theirs");
    }

    @Test
    @DisplayName("A17: a missing external config fails the app by name, until it is there")
    void aMissingExternalConfigIsNamed() {
        world.begin();
        world.host("N1");
        world.deploy(shop("reg/api:1", external("theirs")));
        world.run(Duration.ofSeconds(10));
        assertThat(world.status("shop").phase()).isEqualTo(Phase.FAILED);
        assertThat(world.status("shop").message()).isEqualTo("config theirs does not exist");
        assertThat(world.instances("shop-web")).as("the rest is served").isEqualTo(1);
        world.configs.put("theirs", values("a", "b"));
        world.publish(new LatticeEvent.ConfigSet("theirs"));
        world.converge(Duration.ofMinutes(1));
        world.configs.remove("theirs");
        world.publish(new LatticeEvent.ConfigDeleted("theirs"));
        world.run(Duration.ofSeconds(5));
        assertThat(world.status("shop").phase()).isEqualTo(Phase.FAILED);
        assertThat(world.instances("shop-api")).as("what runs goes on").isEqualTo(1);
    }

    @Test
    @DisplayName("A20: changed content of a config is put, and nothing else is touched")
    void changedContentIsPutAlone() {
        start(shop("reg/api:1", config("c", "k", "1")));
        int before = world.sent.size();
        world.deploy(shop("reg/api:1", config("c", "k", "2")));
        world.run(Duration.ofSeconds(10));
        assertThat(commandsAfter(before))
                .containsExactly(new Command.PutConfig("shop-c", values("k", "2")));
    }

    @Test
    @DisplayName("A20: another config of one component restarts that component alone")
    void anotherConfigNameRestartsThatComponentAlone() {
        start(shop("reg/api:1", config("c", "k", "1")));
        int before = world.sent.size();
        world.deploy(shop("reg/api:1", config("c2", "k", "1")));
        world.run(Duration.ofSeconds(1));
        world.converge(Duration.ofMinutes(1));
        assertThat(commandsAfter(before))
                .noneMatch(c -> c instanceof Command.OnHost on && !on.id().equals(id("api")));
        assertThat(world.instances("shop-api")).isEqualTo(1);
    }

    @Test
    void aConfigThatAnotherAppRefersToStaysUntilThatOneGoes() {
        start(shop("reg/api:1", config("c", "k", "v")));
        world.deploy(
                app("reader")
                        .with(component("r", "reg/r:1", List.of(external("shop-c")), instances(1)))
                        .build());
        world.converge(Duration.ofMinutes(1));
        world.delete("shop");
        world.run(Duration.ofSeconds(30));
        assertThat(world.configs).containsOnlyKeys("shop-c");
        assertThat(world.status("reader").phase()).isEqualTo(Phase.DEPLOYED);
        world.undeploy("reader");
        world.converge(Duration.ofMinutes(1));
        assertThat(world.configs).isEmpty();
    }

    @Test
    void aSecretIsAReferenceByPolicyThatIsPutRightAndRemoved() {
        start(secretive(Map.of("backend", "vault-backend", "mount", "kv", "role", "shop")));
        var reference = new TreeMap<String, String>();
        reference.put("name", "db");
        reference.put("type", "secret.wasmcloud.dev/v1alpha1");
        reference.put("backend", "vault-backend");
        reference.put("key", "shop/db");
        reference.put("field", "password");
        reference.put(
                "policy",
                "{\"type\":\"properties.secret.wasmcloud.dev/v1alpha1\","
                        + "\"properties\":{\"mount\":\"kv\",\"role\":\"shop\"}}");
        assertThat(world.configs).containsExactly(Map.entry("SECRET_shop-db", reference));
        assertThat(world.hosts.values().stream().flatMap(h -> h.entries.values().stream()))
                .extracting(FakeHost.Entry::config)
                .containsExactly(List.of("SECRET_shop-db"));

        world.configs.put("SECRET_shop-db", values("key", "elsewhere"));
        world.publish(new LatticeEvent.ConfigSet("SECRET_shop-db"));
        world.run(Duration.ofSeconds(1));
        assertThat(world.configs).containsEntry("SECRET_shop-db", reference);

        int before = world.sent.size();
        var otherOrder = new TreeMap<>(reference);
        otherOrder.put(
                "policy",
                "{\"properties\": {\"role\": \"shop\", \"mount\": \"kv\"},"
                        + " \"type\": \"properties.secret.wasmcloud.dev/v1alpha1\"}");
        world.configs.put("SECRET_shop-db", otherOrder);
        world.publish(new LatticeEvent.ConfigSet("SECRET_shop-db"));
        world.run(Duration.ofSeconds(5));
        assertThat(commandsAfter(before)).as("the order means nothing").isEmpty();

        world.deploy(secretive(Map.of("backend", "vault-backend", "mount", "kv2")));
        world.run(Duration.ofSeconds(10));
        assertThat(commandsAfter(before)).hasSize(1).allMatch(c -> c instanceof Command.PutConfig);

        world.undeploy("shop");
        world.converge(Duration.ofMinutes(1));
        assertThat(world.configs).isEmpty();
    }

    private static WorkloadId id(String name) {
        return new WorkloadId("shop-" + name);
    }
}
