package dev.trellis.events.wire;

import static dev.trellis.events.wire.Samples.HOST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.events.wire.Decoded.Event;
import dev.trellis.events.wire.Decoded.Reason;
import dev.trellis.events.wire.Decoded.Skipped;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.LinkKey;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.observe.WorkloadKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class EventDecoderTest {
    private static final HostId H = new HostId(HOST);
    private static final SortedMap<String, String> LABELS =
            new TreeMap<>(
                    Map.of(
                            "hostcore.arch", "x86_64",
                            "hostcore.os", "linux",
                            "hostcore.osfamily", "unix",
                            "region", "eu",
                            "zone", "a"));
    private static final SortedMap<String, String> OWNER = new TreeMap<>(Map.of("owner", "x"));
    private static final SortedMap<String, String> NONE = new TreeMap<>();

    static Stream<Arguments> recordedEvents() {
        var hello = new WorkloadId("hello");
        var http = new WorkloadId("http");
        var labels = new TreeMap<>(LABELS);
        labels.put("tier", "gold");
        return Stream.of(
                Arguments.of(
                        "host_started",
                        "host_started",
                        new LatticeEvent.HostStarted(H, "spring-ocean-2487", "1.9.2", LABELS)),
                Arguments.of("host_stopped", "host_stopped", new LatticeEvent.HostStopped(H)),
                Arguments.of(
                        "host_heartbeat",
                        "host_heartbeat",
                        new LatticeEvent.HostHeartbeat(heartbeat())),
                Arguments.of(
                        "labels_changed",
                        "labels_changed",
                        new LatticeEvent.LabelsChanged(H, labels)),
                Arguments.of(
                        "component_scaled",
                        "component_scaled",
                        new LatticeEvent.ComponentScaled(
                                H,
                                hello,
                                Optional.of(component("file:///components/tiny1.wasm", OWNER, 3)))),
                Arguments.of(
                        "component_stopped",
                        "component_scaled",
                        new LatticeEvent.ComponentScaled(H, hello, Optional.empty())),
                Arguments.of(
                        "component_scale_failed",
                        "component_scale_failed",
                        new LatticeEvent.StartFailed(
                                H,
                                hello,
                                "Unable to fetch requested config: Config nope does not exist")),
                Arguments.of(
                        "provider_started",
                        "provider_started",
                        new LatticeEvent.ProviderStarted(H, http, provider())),
                Arguments.of(
                        "provider_stopped",
                        "provider_stopped",
                        new LatticeEvent.ProviderStopped(H, http)),
                Arguments.of(
                        "linkdef_set",
                        "linkdef_set",
                        new LatticeEvent.LinkSet(
                                new Link(
                                        http,
                                        hello,
                                        "default",
                                        "wasi",
                                        "http",
                                        List.of("incoming-handler"),
                                        List.of("http-cfg"),
                                        List.of()))),
                Arguments.of(
                        "linkdef_deleted",
                        "linkdef_deleted",
                        new LatticeEvent.LinkDeleted(
                                new LinkKey(http, "default", "wasi", "http"), Optional.of(hello))),
                Arguments.of("config_set", "config_set", new LatticeEvent.ConfigSet("http-cfg")),
                Arguments.of(
                        "config_deleted",
                        "config_deleted",
                        new LatticeEvent.ConfigDeleted("http-cfg")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recordedEvents")
    void aRecordedEventBecomesItsFact(String sample, String type, LatticeEvent expected) {
        assertThat(EventDecoder.decode(subject(type), Samples.read(sample)))
                .isEqualTo(new Event(expected));
    }

    @Test
    void aFailedProviderStartNamesTheWholeChainOfErrors() {
        var decoded =
                EventDecoder.decode(
                        subject("provider_start_failed"), Samples.read("provider_start_failed"));

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Event.class,
                        event ->
                                assertThat(event.event())
                                        .isInstanceOfSatisfying(
                                                LatticeEvent.StartFailed.class,
                                                failed ->
                                                        assertThat(failed.error())
                                                                .startsWith("failed to fetch")
                                                                .endsWith("(os error 2)")));
    }

    @Test
    void theHostIsTheSourceAndNotWhatTheDataSays() {
        var message = event("{\"host_id\":\"\",\"provider_id\":\"p\"}");

        assertThat(EventDecoder.decode(subject("provider_stopped"), message))
                .isEqualTo(new Event(new LatticeEvent.ProviderStopped(H, new WorkloadId("p"))));
    }

    @Test
    void theDataMayComeBeforeTheSource() {
        var message = ("{\"data\":{\"config_name\":\"c\"},\"source\":\"" + HOST + "\"}");

        assertThat(EventDecoder.decode(subject("config_set"), message.getBytes(UTF_8)))
                .isEqualTo(new Event(new LatticeEvent.ConfigSet("c")));
    }

    @Test
    void unknownFieldsNullsAndMissingAnnotationsAreTaken() {
        var message =
                event(
                        """
                        {"component_id":"c","image_ref":"r","max_instances":4294967295,
                         "annotations":null,"claims":{"name":"n","tags":[1,{"a":[]}]},"new":[[{}]]}
                        """);

        assertThat(EventDecoder.decode(subject("component_scaled"), message))
                .isEqualTo(
                        new Event(
                                new LatticeEvent.ComponentScaled(
                                        H,
                                        new WorkloadId("c"),
                                        Optional.of(component("r", NONE, Integer.MAX_VALUE)))));
    }

    @Test
    void theSubjectMayHaveAnAccountBeforeIt() {
        assertThat(
                        EventDecoder.decode(
                                "AXY.wasmbus.evt.blue.host_stopped", Samples.read("host_stopped")))
                .isEqualTo(new Event(new LatticeEvent.HostStopped(H)));
    }

    @Test
    void healthIsAVerdictOnlyWherePassedOrFailed() {
        var message = event("{\"provider_id\":\"p\"}");
        var p = new WorkloadId("p");

        assertThat(EventDecoder.decode(subject("health_check_passed"), message))
                .isEqualTo(new Event(new LatticeEvent.ProviderHealth(H, p, true)));
        assertThat(EventDecoder.decode(subject("health_check_failed"), message))
                .isEqualTo(new Event(new LatticeEvent.ProviderHealth(H, p, false)));
        assertThat(EventDecoder.decode(subject("health_check_status"), message))
                .isEqualTo(new Skipped(Reason.NO_FACT));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "actor_started     | {}                       | UNKNOWN_TYPE",
                "linkdef_set_failed| {}                       | NO_FACT",
                "host_stopped      | nonsense                 | NOT_JSON",
                "host_stopped      | [1]                      | NOT_JSON",
                "host_stopped      | ''                       | NOT_JSON",
                "host_stopped      | {\"source\":             | NOT_JSON",
                "host_stopped      | {\"data\":{}}            | INCOMPLETE",
                "host_stopped      | {\"source\":null}        | INCOMPLETE",
                "config_set        | {\"source\":\"N\"}       | INCOMPLETE",
                "config_set        | {\"source\":\"N\",\"data\":7} | INCOMPLETE",
            })
    void whatSaysNothingIsSkippedWithTheReason(String type, String message, Reason reason) {
        assertThat(EventDecoder.decode(subject(type), message.getBytes(UTF_8)))
                .isEqualTo(new Skipped(reason));
    }

    @Test
    void aHeartbeatWithoutBothListsIsUnknownAndNotEmpty() {
        assertThat(EventDecoder.decode(subject("host_heartbeat"), event("{\"components\":[]}")))
                .isEqualTo(new Skipped(Reason.INCOMPLETE));
        assertThat(
                        EventDecoder.decode(
                                subject("host_heartbeat"),
                                event("{\"components\":[],\"providers\":null}")))
                .isEqualTo(new Skipped(Reason.INCOMPLETE));
        assertThat(
                        EventDecoder.decode(
                                subject("host_heartbeat"),
                                event("{\"components\":[{}],\"providers\":[]}")))
                .isEqualTo(new Skipped(Reason.INCOMPLETE));
    }

    @Test
    void aScaleWithoutACountIsNotTakenForAStop() {
        assertThat(
                        EventDecoder.decode(
                                subject("component_scaled"), event("{\"component_id\":\"c\"}")))
                .isEqualTo(new Skipped(Reason.INCOMPLETE));
    }

    private static HostInventory heartbeat() {
        var workloads = new TreeMap<WorkloadId, Running>();
        workloads.put(new WorkloadId("hello"), component("file:///components/tiny2.wasm", NONE, 3));
        workloads.put(new WorkloadId("http"), provider());
        return new HostInventory(H, "spring-ocean-2487", "1.9.2", 60, LABELS, workloads);
    }

    private static Running component(
            String image, SortedMap<String, String> annotations, int instances) {
        return new Running(WorkloadKind.COMPONENT, image, annotations, instances);
    }

    private static Running provider() {
        return new Running(WorkloadKind.PROVIDER, "http-server", OWNER, 1);
    }

    private static String subject(String type) {
        return "wasmbus.evt.default." + type;
    }

    private static byte[] event(String data) {
        return ("{\"source\":\"" + HOST + "\",\"data\":" + data + "}").getBytes(UTF_8);
    }
}
