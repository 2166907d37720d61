package dev.trellis.events.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.LinkKey;
import dev.trellis.scheduler.observe.WorkloadId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CommandEncoderTest {
    private static final HostId HOST = new HostId("N1");
    private static final WorkloadId API = new WorkloadId("shop-api");
    private static final WorkloadId HTTP = new WorkloadId("shop-http");

    static Stream<Arguments> commands() {
        var annotations = new TreeMap<>(Map.of("a", "1", "b", "\"2\""));
        var link =
                new Link(
                        HTTP,
                        API,
                        "default",
                        "wasi",
                        "http",
                        List.of("incoming-handler"),
                        List.of("port"),
                        List.of());
        return Stream.of(
                Arguments.of(
                        new Command.Scale(HOST, API, "reg/api:1", 10, annotations, List.of("cfg")),
                        """
                        {"component_ref":"reg/api:1","component_id":"shop-api","count":10,\
                        "host_id":"N1","annotations":{"a":"1","b":"\\"2\\""},"config":["cfg"],\
                        "allow_update":false}\
                        """),
                Arguments.of(
                        new Command.StartProvider(
                                HOST, HTTP, "reg/http:1", new TreeMap<>(), List.of()),
                        """
                        {"provider_id":"shop-http","provider_ref":"reg/http:1","host_id":"N1",\
                        "config":[],"annotations":{}}\
                        """),
                Arguments.of(
                        new Command.StopProvider(HOST, HTTP),
                        """
                        {"host_id":"N1","provider_id":"shop-http"}\
                        """),
                Arguments.of(
                        new Command.PutConfig("c", new TreeMap<>(Map.of("k", "v"))),
                        """
                        {"k":"v"}\
                        """),
                Arguments.of(new Command.DeleteConfig("c"), ""),
                Arguments.of(
                        new Command.PutLink(link),
                        """
                        {"source_id":"shop-http","target":"shop-api","name":"default",\
                        "wit_namespace":"wasi","wit_package":"http",\
                        "interfaces":["incoming-handler"],"source_config":["port"],\
                        "target_config":[]}\
                        """),
                Arguments.of(
                        new Command.DeleteLink(new LinkKey(HTTP, "default", "wasi", "http")),
                        """
                        {"source_id":"shop-http","name":"default","wit_namespace":"wasi",\
                        "wit_package":"http"}\
                        """));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandHasExactlyTheBytesThatHostsUnderstand(Command command, String expected) {
        assertThat(new String(CommandEncoder.encode(command), UTF_8)).isEqualTo(expected);
    }
}
