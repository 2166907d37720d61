package dev.trellis.events.lease;

import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.Leases;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Leases as keys of a KV bucket, one a lattice; a thread for each that is contended for. */
public final class NatsLeases implements Leases {
    private final LeaseSettings settings;
    private final LeaseBucket bucket;
    private final Map<LatticeName, Contest> contests = new ConcurrentHashMap<>();

    /**
     * @param nats stays the caller's, who closes it after this
     */
    public NatsLeases(Connection nats, LeaseSettings settings, MeterRegistry meters) {
        this.settings = settings;
        this.bucket = new KvLeaseBucket(nats, settings);
        var _ =
                Gauge.builder("trellis.leases.owned", contests, NatsLeases::owned)
                        .description("Lattices that this process owns")
                        .register(meters);
    }

    @Override
    public void contend(LatticeName lattice, Listener listener) {
        var contender =
                new Contender(
                        bucket,
                        lattice.value(),
                        settings,
                        System::nanoTime,
                        () -> Instant.now().toString(),
                        listener);
        var contest = new Contest(lattice, contender);
        if (contests.putIfAbsent(lattice, contest) != null) {
            throw new IllegalStateException("already contending: lattice=" + lattice);
        }
        contest.start();
    }

    @Override
    public void release(LatticeName lattice) {
        var contest = contests.remove(lattice);
        if (contest != null) {
            contest.stop();
            contest.join();
        }
    }

    @Override
    public Optional<String> owner(LatticeName lattice) {
        return Optional.ofNullable(contests.get(lattice)).flatMap(Contest::owner);
    }

    @Override
    public void close() {
        var all = List.copyOf(contests.values());
        contests.clear();
        all.forEach(Contest::stop);
        all.forEach(Contest::join);
    }

    private static double owned(Map<LatticeName, Contest> contests) {
        return contests.values().stream().filter(Contest::holds).count();
    }
}
