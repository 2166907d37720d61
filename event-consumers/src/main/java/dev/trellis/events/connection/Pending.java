package dev.trellis.events.connection;

import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request whose answer is awaited. */
final class Pending {
    final Consumer<Requests.Outcome> onOutcome;
    final boolean single;
    private volatile @Nullable Future<?> expiry;

    Pending(Consumer<Requests.Outcome> onOutcome, boolean single) {
        this.onOutcome = onOutcome;
        this.single = single;
    }

    void expiry(Future<?> task) {
        expiry = task;
    }

    void cancelExpiry() {
        var task = expiry;
        if (task != null) {
            task.cancel(false);
        }
    }
}
