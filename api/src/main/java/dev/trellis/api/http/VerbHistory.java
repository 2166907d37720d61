package dev.trellis.api.http;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.History;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the history of what people asked for, once it is stored. */
@Singleton
final class VerbHistory {
    private static final Logger log = LoggerFactory.getLogger(VerbHistory.class);

    private final History history;
    private final InstantSource clock = InstantSource.system();

    VerbHistory(History history) {
        this.history = history;
    }

    /**
     * About an app.
     *
     * @param message one sentence, as {@code deploy v3}
     */
    void app(
            HttpRequest<?> request,
            LatticeName lattice,
            AppName app,
            Optional<String> version,
            String reason,
            String message) {
        history.append(
                lattice, Optional.of(app), entry(request, reason, message).withVersion(version));
    }

    /** About a lattice. */
    void lattice(HttpRequest<?> request, LatticeName lattice, String reason, String message) {
        history.append(lattice, Optional.empty(), entry(request, reason, message));
    }

    /** About a host. */
    void host(
            HttpRequest<?> request,
            LatticeName lattice,
            HostId host,
            String reason,
            String message) {
        history.append(
                lattice,
                Optional.empty(),
                entry(request, reason, message).withHosts(List.of(host)));
    }

    private History.Entry entry(HttpRequest<?> request, String reason, String message) {
        log.atInfo()
                .addKeyValue("verb", message)
                .addKeyValue("by", By.of(request))
                .addKeyValue("path", request.getPath())
                .log("asked for");
        return History.Entry.verb(clock.instant(), By.of(request), reason, message);
    }
}
