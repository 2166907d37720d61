package dev.trellis.api.store;

import static dev.trellis.api.store.Samples.DOCUMENT;
import static dev.trellis.api.store.Store.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.Adoption;
import dev.trellis.scheduler.wanted.AppRecord.Version;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Apps of wadm's bucket, as its versions wrote them, taken over. */
final class WadmImportIT {
    private static final LatticeName LATTICE = new LatticeName("default");
    private static final AppName SHOP = new AppName("shop");

    private final NatsServer server = NatsServer.start();
    private final Store store =
            new Store(server, new TrellisManifestCodec(), StoreSettings.DEFAULTS);
    private final List<List<Adoption.Candidate>> looks = new ArrayList<>();
    private KeyValue wadm;

    @BeforeEach
    void start() throws Exception {
        await("caught up", () -> store.catalog.current());
        var _ =
                store.nats
                        .keyValueManagement()
                        .create(KeyValueConfiguration.builder().name("wadm_manifests").build());
        wadm = store.nats.keyValue("wadm_manifests");
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    private ImportReport run(ImportSettings settings, LatticeName lattice, boolean dryRun) {
        return new WadmImport(
                        store.bucket,
                        store.revisions,
                        store.apps,
                        store.catalog,
                        new TrellisManifestCodec(),
                        store.nats,
                        settings,
                        (_, candidates) -> {
                            looks.add(candidates);
                            return Optional.empty();
                        },
                        InstantSource.system())
                .run(lattice, dryRun, "alice");
    }

    private ImportReport run(boolean dryRun) {
        return run(ImportSettings.DEFAULTS, LATTICE, dryRun);
    }

    private void write(String key, String value) throws Exception {
        var _ = wadm.put(key, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String manifest(String name, String version, int instances) {
        return """
        {"apiVersion":"core.oam.dev/v1beta1","kind":"Application",
         "metadata":{"name":"%s","annotations":{"version":"%s"}},
         "spec":{"components":[
          {"name":"api","type":"component","properties":{"image":"reg.example/api:1"},
           "traits":[{"type":"spreadscaler","properties":{"instances":%d,"spread":[]}}]},
          {"name":"http","type":"capability","properties":{"image":"reg.example/http:1"},
           "traits":[{"type":"link","properties":{"namespace":"wasi","package":"http",
             "interfaces":["incoming-handler"],"target":{"name":"api"},
             "source":{"config":[{"name":"port","properties":{"address":"0.0.0.0:80"}}]}}}]}]}}
        """
                .formatted(name, version, instances);
    }

    private static String record(String deployed, String... versionsAndManifests) {
        var text = new StringBuilder("{\"manifests\":{");
        for (int i = 0; i < versionsAndManifests.length; i += 2) {
            text.append(i == 0 ? "" : ",")
                    .append('"')
                    .append(versionsAndManifests[i])
                    .append("\":")
                    .append(versionsAndManifests[i + 1]);
        }
        return text.append("},\"deployed_version\":")
                .append(deployed.isEmpty() ? "null" : "\"" + deployed + "\"")
                .append('}')
                .toString();
    }

    private void shop() throws Exception {
        write("default", "[\"shop\"]");
        write(
                "default-shop",
                record(
                        "v2",
                        "v1",
                        manifest("shop", "v1", 1),
                        "v2",
                        manifest("shop", "v2", 2),
                        "v0",
                        manifest("shop", "v0", 3)));
    }

    @Test
    void allVersionsAreTakenOverAndTheDeployedOneIsDesiredGoodAndAdopted() throws Exception {
        shop();
        var report = run(false);

        assertThat(report.apps())
                .containsExactly(
                        new ImportReport.App(
                                "shop",
                                List.of("v1", "v2", "v0"),
                                Optional.of("v2"),
                                ImportReport.Action.IMPORT,
                                ""));
        var record = store.apps.find(LATTICE, SHOP).orElseThrow().record();
        assertThat(record.versions())
                .extracting(Version::version)
                .containsExactly("v1", "v2", "v0");
        assertThat(record.versions()).extracting(Version::by).containsOnly("alice");
        assertThat(record.deployed()).hasValue(2);
        assertThat(record.lastGood()).as("so that the first upgrade is staged").hasValue(2);
        assertThat(store.apps.revision(LATTICE, SHOP, 2).orElseThrow().version()).isEqualTo("v2");
        assertThat(record.adopted()).isTrue();
        assertThat(store.bucket.get(Keys.owned(LATTICE, SHOP)))
                .as("written by the loop, which must never see it without the app")
                .isEmpty();
    }

    @Test
    void aSecondImportDoesNothingAlsoAfterTrellisDeployedMore() throws Exception {
        shop();
        var _ = run(false);
        long revision = store.apps.find(LATTICE, SHOP).orElseThrow().record().revision();

        assertThat(run(false).apps())
                .extracting(ImportReport.App::action)
                .containsExactly(ImportReport.Action.UNCHANGED);
        assertThat(store.apps.find(LATTICE, SHOP).orElseThrow().record().revision())
                .isEqualTo(revision);
        assertThat(looks.getLast()).isEmpty();

        assertThat(
                        store.apps.put(
                                LATTICE,
                                Yamls.app("shop", "v9", false, Yamls.component("api")),
                                DOCUMENT,
                                Precondition.NONE,
                                "bob"))
                .isInstanceOf(PutResult.Created.class);
        assertThat(store.apps.deploy(LATTICE, SHOP, Optional.empty(), false, Precondition.NONE))
                .isInstanceOf(ChangeResult.Done.class);
        assertThat(run(false).apps())
                .extracting(ImportReport.App::action)
                .containsExactly(ImportReport.Action.UNCHANGED);
        assertThat(store.apps.find(LATTICE, SHOP).orElseThrow().record().deployed()).hasValue(4);
    }

    @Test
    void aDryRunStoresNothingAndLooksAtWhatWouldBeStored() throws Exception {
        shop();
        var report = run(true);
        assertThat(report.dryRun()).isTrue();
        assertThat(report.apps())
                .extracting(ImportReport.App::action)
                .containsExactly(ImportReport.Action.IMPORT);
        assertThat(looks.getLast())
                .singleElement()
                .satisfies(candidate -> {
                    assertThat(candidate.record().deployed()).hasValue(2);
                    assertThat(candidate.desired().version()).contains("v2");
                });
        assertThat(store.apps.find(LATTICE, SHOP)).isEmpty();
        assertThat(store.bucket.get(Keys.owned(LATTICE, SHOP))).isEmpty();
    }

    @Test
    void wadmsBucketIsNotChanged() throws Exception {
        shop();
        var before = wadm.getStatus().getBackingStreamInfo().getStreamState().getLastSequence();
        var _ = run(true);
        var _ = run(false);
        assertThat(wadm.getStatus().getBackingStreamInfo().getStreamState().getLastSequence())
                .isEqualTo(before);
    }

    @Test
    void whatIsHereWithOtherContentIsLeftAloneAndTheOthersAreTaken() throws Exception {
        write("default", "[\"shop\",\"blog\"]");
        write("default-shop", record("v1", "v1", manifest("shop", "v1", 1)));
        write("default-blog", record("", "v1", manifest("blog", "v1", 1)));
        assertThat(
                        store.apps.put(
                                LATTICE,
                                Yamls.app("shop", "v1", false, Yamls.component("other")),
                                DOCUMENT,
                                Precondition.NONE,
                                "bob"))
                .isInstanceOf(PutResult.Created.class);
        var report = run(false);
        assertThat(report.apps())
                .extracting(ImportReport.App::name, ImportReport.App::action)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("blog", ImportReport.Action.IMPORT),
                        org.assertj.core.groups.Tuple.tuple("shop", ImportReport.Action.CONFLICT));
        assertThat(report.apps().getLast().message())
                .isEqualTo("an app of this name with other content is here already");
        var blog = new AppName("blog");
        assertThat(store.apps.find(LATTICE, blog).orElseThrow().record().deployed()).isEmpty();
        assertThat(store.bucket.get(Keys.owned(LATTICE, blog))).as("undeployed").isEmpty();
    }

    @Test
    void ofTwoAppsOfWadmThatHaveOneIdTheSecondIsLeftAlone() throws Exception {
        write("default", "[\"my-app\",\"my_app\"]");
        write("default-my-app", record("v1", "v1", manifest("my-app", "v1", 1)));
        write("default-my_app", record("v1", "v1", manifest("my_app", "v1", 1)));
        var second = run(false).apps().getLast();
        assertThat(second.action()).isEqualTo(ImportReport.Action.CONFLICT);
        assertThat(second.message()).startsWith("app my-app has ");
    }

    @Test
    @DisplayName("A68: records of older wadms are read, or left alone with the reason")
    void olderRecordsAreReadOrLeftAlone() throws Exception {
        var old =
                """
                {"apiVersion":"core.oam.dev/v1beta1","kind":"Application",
                 "metadata":{"name":"old","annotations":{"version":"v1"}},
                 "spec":{"components":[
                  {"name":"api","type":"actor","properties":{"image":"reg.example/api:1"},
                   "traits":[{"type":"spreadscaler","properties":{"replicas":2}},
                    {"type":"link","properties":{"namespace":"wasi","package":"keyvalue",
                     "interfaces":["store"],"target":"kv",
                     "target_config":[{"name":"url","properties":{"url":"x"}}]}}]},
                  {"name":"kv","type":"capability","properties":{"image":"reg.example/kv:1"}}]}}
                """;
        var contract =
                """
                {"apiVersion":"core.oam.dev/v1beta1","kind":"Application",
                 "metadata":{"name":"ancient","annotations":{"version":"v1"}},
                 "spec":{"components":[{"name":"http","type":"capability",
                  "properties":{"image":"reg.example/http:1","contract":"wasmcloud:httpserver"}}]}}
                """;
        write("default", "[\"old\",\"ancient\",\"half\",\"broken\",\"gone\"]");
        write("default-old", record("v1", "v1", old));
        write("default-ancient", record("v1", "v1", contract));
        write(
                "default-half",
                record(
                        "v2",
                        "v1",
                        contract.replace("ancient", "half"),
                        "v2",
                        manifest("half", "v2", 1)));
        write("default-broken", "not json");

        var report = run(false);

        assertThat(report.apps())
                .extracting(ImportReport.App::name, ImportReport.App::action)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "ancient", ImportReport.Action.CONFLICT),
                        org.assertj.core.groups.Tuple.tuple("broken", ImportReport.Action.CONFLICT),
                        org.assertj.core.groups.Tuple.tuple("half", ImportReport.Action.IMPORT),
                        org.assertj.core.groups.Tuple.tuple("old", ImportReport.Action.IMPORT));
        assertThat(report.apps().get(0).message()).contains("contract");
        assertThat(report.apps().get(2).message()).startsWith("left out: version v1");
        var read = store.apps.revision(LATTICE, new AppName("old"), 1).orElseThrow().manifest();
        assertThat(read.components().getFirst().links().getFirst().target().name()).isEqualTo("kv");
    }

    @Test
    @DisplayName("A70: a lattice is told from an app by what the list of names says")
    void keysWithDashesAreToldApart() throws Exception {
        write("a", "[\"b\"]");
        write("a-b", record("v1", "v1", manifest("b", "v1", 1)));
        assertThat(run(ImportSettings.DEFAULTS, new LatticeName("a"), false).apps())
                .extracting(ImportReport.App::name)
                .containsExactly("b");
        assertThat(run(ImportSettings.DEFAULTS, new LatticeName("a-b"), false).apps())
                .as("the key of that lattice's list holds an app of another one")
                .isEmpty();

        write("x_y-z", "[\"c\",\"d\"]");
        write("x_y-z-c", record("v1", "v1", manifest("c", "v1", 1)));
        write("x_y-z-d", record("v1", "v1", manifest("z-d", "v1", 1)));
        var report = run(ImportSettings.DEFAULTS, new LatticeName("x_y-z"), false);
        assertThat(report.apps())
                .extracting(ImportReport.App::action)
                .containsExactly(ImportReport.Action.IMPORT, ImportReport.Action.CONFLICT);
        assertThat(report.apps().getLast().message()).isEqualTo("the record is of app z-d");
    }

    @Test
    @DisplayName("A71: what many tenants left is ignored without a tenant, and read with one")
    void anAccountReadsItsOwnKeys() throws Exception {
        write("AX-default", "[\"shop\"]");
        write("AX-default-shop", record("v1", "v1", manifest("shop", "v1", 1)));
        assertThat(run(false).apps()).isEmpty();
        var account =
                new ImportSettings(
                        Optional.of("AX"),
                        "wadm_manifests",
                        Optional.empty(),
                        ImportSettings.DEFAULTS.timeout());
        assertThat(run(account, LATTICE, false).apps())
                .extracting(ImportReport.App::name)
                .containsExactly("shop");
    }

    @Test
    void withoutABucketThereIsNothingToImport() throws Exception {
        store.nats.keyValueManagement().delete("wadm_manifests");
        assertThat(run(false).apps()).isEmpty();
    }
}
