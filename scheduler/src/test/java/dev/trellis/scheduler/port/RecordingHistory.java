package dev.trellis.scheduler.port;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told, oldest first. */
public final class RecordingHistory implements History {
    private final List<Told> told = new CopyOnWriteArrayList<>();

    /** An entry and what it is about. */
    public record Told(LatticeName lattice, Optional<AppName> app, Entry entry) {}

    @Override
    public void append(LatticeName lattice, Optional<AppName> app, Entry entry) {
        told.add(new Told(lattice, app, entry));
    }

    public List<Told> told() {
        return List.copyOf(told);
    }
}
