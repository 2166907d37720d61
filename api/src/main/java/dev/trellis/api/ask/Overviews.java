package dev.trellis.api.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.scheduler.observe.LatticeName;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Asks the owners of several lattices at once, so that one that is away holds up no other. */
@Singleton
public final class Overviews {
    private static final int AT_ONCE = 64;

    private final OwnerAsk owner;
    private final Semaphore places = new Semaphore(AT_ONCE);

    Overviews(OwnerAsk owner) {
        this.owner = owner;
    }

    /** What the owners that answer say; the others' lattices are missing. */
    public Map<LatticeName, ObjectNode> of(Collection<LatticeName> lattices) {
        var found = new ConcurrentHashMap<LatticeName, ObjectNode>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var lattice : lattices) {
                threads.execute(() -> {
                    if (ask(lattice) instanceof Answer.Found(var json)) {
                        found.put(lattice, json);
                    }
                });
            }
        }
        return found;
    }

    private Answer ask(LatticeName lattice) {
        places.acquireUninterruptibly();
        try {
            return owner.ask(lattice, new Question.Overview());
        } finally {
            places.release();
        }
    }
}
