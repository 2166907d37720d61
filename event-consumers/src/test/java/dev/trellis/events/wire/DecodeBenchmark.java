package dev.trellis.events.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading heartbeats of a host that runs ten components: about 4.7 KB each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DecodeBenchmark {
    private static final String SUBJECT = "wasmbus.evt.default.host_heartbeat";

    private final byte[] heartbeat = heartbeat();

    private static byte[] heartbeat() {
        var components = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            components
                    .append(i == 0 ? "" : ",")
                    .append(
                            "{\"id\":\"app%d-c\",\"image_ref\":\"registry.example/team/app%d:1.0.0\","
                                    .formatted(i, i))
                    .append("\"annotations\":{\"wasmcloud.dev/managed-by\":\"trellis\",")
                    .append("\"wasmcloud.dev/appspec\":\"app%d\",".formatted(i))
                    .append("\"wasmcloud.dev/scaler\":\"app%d/c/default\",".formatted(i))
                    .append("\"wasmcloud.dev/spread_name\":\"default\",")
                    .append("\"trellis/manager\":\"01JD0000000000000000000000\",")
                    .append("\"trellis/version\":\"1\"},")
                    .append("\"revision\":0,\"max_instances\":10,\"limits\":null}");
        }
        var id = "N" + "A".repeat(55);
        return """
        {"specversion":"1.0","id":"01a20887-887e-f2b1-f812-35944563ef57",\
        "type":"com.wasmcloud.lattice.host_heartbeat","source":"%s",\
        "datacontenttype":"application/json","time":"2026-11-23T13:10:29.758168703Z",\
        "data":{"components":[%s],"friendly_name":"spring-ocean-2487","host_id":"%s",\
        "labels":{"hostcore.arch":"x86_64","hostcore.os":"linux",\
        "hostcore.osfamily":"unix","region":"eu","zone":"a"},"providers":[],\
        "uptime_human":"30s","uptime_seconds":30,"version":"1.9.2"}}\
        """
                .formatted(id, components, id)
                .getBytes(UTF_8);
    }

    /** One heartbeat. */
    @Benchmark
    public Decoded decode() {
        return EventDecoder.decode(SUBJECT, heartbeat);
    }
}
