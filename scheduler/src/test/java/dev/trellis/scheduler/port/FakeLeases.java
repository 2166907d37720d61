package dev.trellis.scheduler.port;

import dev.trellis.scheduler.observe.LatticeName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Leases among processes of one test: first come, first served, and told within the call. */
public final class FakeLeases implements Leases {
    private final World world;
    private final String process;

    /** What the processes share. */
    public static final class World {
        private final Map<LatticeName, Deque<Claim>> queues = new HashMap<>();

        /** Another process in this world. */
        public FakeLeases process(String name) {
            return new FakeLeases(this, name);
        }

        private Deque<Claim> queue(LatticeName lattice) {
            return queues.computeIfAbsent(lattice, _ -> new ArrayDeque<>());
        }
    }

    private record Claim(String process, Listener listener) {}

    private FakeLeases(World world, String process) {
        this.world = world;
        this.process = process;
    }

    @Override
    public void contend(LatticeName lattice, Listener listener) {
        var queue = world.queue(lattice);
        queue.add(new Claim(process, listener));
        if (queue.size() == 1) {
            listener.acquired();
        }
    }

    @Override
    public void release(LatticeName lattice) {
        var queue = world.queue(lattice);
        var owner = queue.peek();
        if (owner != null && owner.process().equals(process)) {
            lose(lattice);
        } else {
            queue.removeIf(claim -> claim.process().equals(process));
        }
    }

    /** Takes the lease away from whoever has it, who then does not contend any more. */
    public void lose(LatticeName lattice) {
        var queue = world.queue(lattice);
        var owner = queue.poll();
        if (owner != null) {
            owner.listener().lost();
        }
        var next = queue.peek();
        if (next != null) {
            next.listener().acquired();
        }
    }

    @Override
    public Optional<String> owner(LatticeName lattice) {
        return Optional.ofNullable(world.queue(lattice).peek()).map(Claim::process);
    }

    @Override
    public void close() {
        List.copyOf(world.queues.keySet()).forEach(this::release);
    }
}
