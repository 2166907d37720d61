package dev.trellis.api.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.scheduler.observe.AppName;
import java.util.List;

/** Where a watch reads the status of apps, each time it is told to look. */
public interface Statuses {
    /** Apps that there are now. */
    List<AppName> apps();

    /** What to show of an app; empty when it isn't there. */
    Seen of(AppName app);

    /** What could be read. */
    sealed interface Seen {
        record Status(ObjectNode json) implements Seen {}

        record NoSuchApp() implements Seen {}

        /** Nobody who knows answers; to be asked again. */
        record Unknown() implements Seen {}
    }
}
