package dev.trellis.events.wire;

import static dev.trellis.events.wire.Samples.HOST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.port.LatticeQueries.Pong;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyDecoderTest {
    @Test
    void aCommandIsAcceptedOrRefusedWithTheHostsWords() {
        assertThat(ReplyDecoder.acknowledgement(Samples.read("reply_accepted")))
                .get()
                .extracting(CtlResponse::success, CtlResponse::message)
                .containsExactly(true, "successfully started provider");
        assertThat(ReplyDecoder.acknowledgement(Samples.read("reply_refused")))
                .get()
                .extracting(CtlResponse::success)
                .isEqualTo(false);
    }

    @Test
    void aPongNamesTheHostAndItsLabels() {
        assertThat(ReplyDecoder.pong(Samples.read("reply_ping")).flatMap(CtlResponse::response))
                .get()
                .satisfies(pong -> {
                    assertThat(pong.host().value()).isEqualTo(HOST);
                    assertThat(pong.labels()).containsEntry("zone", "a");
                })
                .extracting(Pong::friendlyName, Pong::version, Pong::uptimeSeconds)
                .containsExactly("spring-ocean-2487", "1.9.2", 4L);
    }

    @Test
    void aPongNeedsNoMoreThanTheId() {
        var reply = "{\"success\":true,\"response\":{\"id\":\"N1\",\"labels\":null}}";

        assertThat(ReplyDecoder.pong(reply.getBytes(UTF_8)).flatMap(CtlResponse::response))
                .get()
                .extracting(pong -> pong.host().value())
                .isEqualTo("N1");
    }

    @Test
    void anInventoryListsComponentsAndProviders() {
        var reply = InventoryDecoder.decode(Samples.read("reply_inventory"));

        assertThat(reply.flatMap(CtlResponse::response))
                .get()
                .extracting(HostInventory::workloads)
                .satisfies(workloads ->
                        assertThat(workloads.keySet())
                                .containsExactly(new WorkloadId("hello"), new WorkloadId("http")));
    }

    @Test
    void anInventoryWithoutItsListsIsNoInventory() {
        var reply = "{\"success\":true,\"response\":{\"host_id\":\"N1\"}}".getBytes(UTF_8);

        assertThat(InventoryDecoder.decode(reply))
                .get()
                .extracting(CtlResponse::response)
                .isEqualTo(Optional.empty());
    }

    @Test
    void linksAreReadWithAllTheirFields() {
        var links = ReplyDecoder.links(Samples.read("reply_links")).flatMap(CtlResponse::response);

        assertThat(links.orElseThrow())
                .extracting(Link::target)
                .containsExactly(new WorkloadId("hello"), new WorkloadId("other"));
    }

    @Test
    void oneUnreadableLinkMakesTheWholeListUnknown() {
        var reply = "{\"success\":true,\"response\":[{\"source_id\":\"a\"}]}".getBytes(UTF_8);

        assertThat(ReplyDecoder.links(reply))
                .get()
                .extracting(CtlResponse::response)
                .isEqualTo(Optional.empty());
    }

    @Test
    void aConfigIsItsMapAndAbsentWhereThereIsNone() {
        assertThat(ReplyDecoder.config(Samples.read("reply_config")).flatMap(CtlResponse::response))
                .contains(new TreeMap<>(Map.of("address", "127.0.0.1:8080")));
        assertThat(ReplyDecoder.config(Samples.read("reply_config_absent")))
                .get()
                .extracting(CtlResponse::success, CtlResponse::response)
                .containsExactly(true, Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "{}", "{\"success\":", "{\"accepted\":true}"})
    void whatIsNoReplyIsNotTakenForOne(String reply) {
        assertThat(ReplyDecoder.acknowledgement(reply.getBytes(UTF_8))).isEmpty();
    }
}
