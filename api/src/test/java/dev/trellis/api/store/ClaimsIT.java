package dev.trellis.api.store;

import static dev.trellis.api.store.Samples.DOCUMENT;
import static dev.trellis.api.store.Samples.LATTICE;
import static dev.trellis.api.store.Store.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.observe.AppName;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What two deployed apps may not both have. */
final class ClaimsIT {
    private final NatsServer server = NatsServer.start();
    private final Store store =
            new Store(server, new TrellisManifestCodec(), StoreSettings.DEFAULTS);

    @BeforeEach
    void start() {
        await("caught up", () -> store.catalog.current());
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    private ChangeResult deploy(Manifest manifest) {
        assertThat(store.apps.put(LATTICE, manifest, DOCUMENT, Precondition.NONE, "me"))
                .isInstanceOf(PutResult.Created.class);
        var app = new AppName(manifest.name());
        var result = store.apps.deploy(LATTICE, app, Optional.empty(), false, Precondition.NONE);
        if (result instanceof ChangeResult.Done) {
            await(
                    "seen",
                    () ->
                            store.catalog
                                    .app(LATTICE, app)
                                    .filter(found -> found.record().deployed().isPresent())
                                    .isPresent());
        }
        return result;
    }

    private static String configured(String component, String config) {
        return """
        - name: %s
          type: component
          properties:
            image: reg.example/x:1
            id: %s-id
            config:
            - name: %s
              properties: {a: b}
        """
                .formatted(component, component, config);
    }

    private static String secretive(String component) {
        return """
        - name: %s
          type: component
          properties:
            image: reg.example/x:1
            id: %s-id
            secrets:
            - name: s
              properties: {policy: vault, key: k}
        """
                .formatted(component, component);
    }

    @Test
    @DisplayName("A50: one image in two apps is fine, one explicit id is refused naming the other")
    void oneExplicitIdIsRefused() {
        assertThat(deploy(Yamls.app("shop", "v1", false, Yamls.provider("a", "one"))))
                .isInstanceOf(ChangeResult.Done.class);
        assertThat(deploy(Yamls.app("blog", "v1", false, Yamls.provider("a", "two"))))
                .isInstanceOf(ChangeResult.Done.class);
        var refused = deploy(Yamls.app("late", "v1", false, Yamls.provider("b", "one")));
        assertThat(refused).isEqualTo(new ChangeResult.Claimed("shop", "id one"));
        assertThat(Refusals.sentence(refused))
                .isEqualTo(
                        "Component identifier 'one' is already deployed in a different application"
                                + " 'shop'.");
    }

    @Test
    @DisplayName("C13: two names that come to one generated id are not both deployed")
    void oneGeneratedIdIsRefused() {
        assertThat(deploy(Yamls.app("my-app", "v1", false, Yamls.component("api"))))
                .isInstanceOf(ChangeResult.Done.class);
        assertThat(deploy(Yamls.app("my_app", "v1", false, Yamls.component("api"))))
                .isEqualTo(new ChangeResult.Claimed("my-app", "id my_app-api"));
        assertThat(deploy(Yamls.app("other", "v1", false, Yamls.provider("a", "my_app-api"))))
                .as("an explicit id may come to it too")
                .isEqualTo(new ChangeResult.Claimed("my-app", "id my_app-api"));
    }

    @Test
    void oneConfigNameIsRefused() {
        assertThat(deploy(Yamls.app("my-app", "v1", false, configured("a", "port"))))
                .isInstanceOf(ChangeResult.Done.class);
        var refused = deploy(Yamls.app("my_app", "v1", false, configured("b", "port")));
        assertThat(refused).isEqualTo(new ChangeResult.Claimed("my-app", "config my_app-port"));
        assertThat(Refusals.sentence(refused)).contains("config my_app-port", "'my-app'");
    }

    @Test
    void oneSecretNameIsRefused() {
        var policy =
                """
                  policies:
                  - name: vault
                    type: policy.secret.wasmcloud.dev/v1alpha1
                    properties: {backend: vault}
                """;
        assertThat(deploy(withPolicy("my-app", secretive("a"), policy)))
                .isInstanceOf(ChangeResult.Done.class);
        assertThat(deploy(withPolicy("my_app", secretive("b"), policy)))
                .isEqualTo(new ChangeResult.Claimed("my-app", "config SECRET_my_app-s"));
    }

    private static Manifest withPolicy(String name, String components, String policy) {
        return Yamls.read(
                """
                apiVersion: core.oam.dev/v1beta1
                kind: Application
                metadata: {name: %s, annotations: {version: v1}}
                spec:
                  components:
                """
                                .formatted(name)
                        + components.indent(4)
                        + policy);
    }

    @Test
    @DisplayName("A07: one link declared by two apps is refused for the second")
    void oneLinkIsRefused() {
        var db =
                Yamls.app(
                        "db",
                        "v1",
                        true,
                        """
                        - name: http
                          type: capability
                          properties: {image: "reg.example/http:1"}
                        """);
        assertThat(deploy(db)).isInstanceOf(ChangeResult.Done.class);
        assertThat(deploy(linksFromShared("one", "1"))).isInstanceOf(ChangeResult.Done.class);
        assertThat(deploy(linksFromShared("two", "2")))
                .isEqualTo(
                        new ChangeResult.Claimed("one", "link default from db-http for wasi:http"));
    }

    private static Manifest linksFromShared(String app, String port) {
        return Yamls.app(
                app,
                "v1",
                false,
                """
                - name: api
                  type: component
                  properties: {image: "reg.example/api:1"}
                  traits:
                  - type: spreadscaler
                    properties: {instances: 1}
                - name: http
                  type: capability
                  properties: {application: {name: db, component: http}}
                  traits:
                  - type: link
                    properties:
                      target: {name: api}
                      namespace: wasi
                      package: http
                      interfaces: [incoming-handler]
                      source:
                        config:
                        - name: port
                          properties: {address: "%s"}
                """
                        .formatted(port));
    }
}
