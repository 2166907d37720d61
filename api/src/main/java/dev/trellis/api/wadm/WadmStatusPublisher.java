package dev.trellis.api.wadm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.store.AppCatalog;
import dev.trellis.api.store.AppRepository;
import dev.trellis.api.store.StoredApp;
import dev.trellis.api.view.Json;
import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.StatusSink;
import dev.trellis.scheduler.port.StoreUnavailableException;
import dev.trellis.scheduler.wanted.AppRecord;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Publishes the status of apps to {@code wadm.status.<lattice>.<app>}: what differs from the last
 * message there, in order for each app, and no app holds up another. Where NATS is slower than the
 * changes, only the newest of an app is published. What is about an earlier wish than the stored
 * one is left out: the owner of the lattice will say more.
 */
@Singleton
public final class WadmStatusPublisher implements StatusSink, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WadmStatusPublisher.class);
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final int AT_ONCE = 32;

    private final StatusStream stream;
    private final StatusCache cache;
    private final AppCatalog catalog;
    // made later: what it is made of knows the loops, which are given this
    private final Provider<AppRepository> apps;
    private final Connection nats;
    private final WadmPresence presence;
    private final Map<String, Waiting> newest = new ConcurrentHashMap<>();
    private final Map<String, StatusCache.Last> sent = new ConcurrentHashMap<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Lanes lanes = new Lanes("wadm-status", AT_ONCE);
    private volatile boolean closed;

    private record Waiting(LatticeName lattice, AppStatus status) {}

    WadmStatusPublisher(
            StatusStream stream,
            StatusCache cache,
            AppCatalog catalog,
            Provider<AppRepository> apps,
            Connection nats,
            WadmPresence presence) {
        this.stream = stream;
        this.cache = cache;
        this.catalog = catalog;
        this.apps = apps;
        this.nats = nats;
        this.presence = presence;
        cache.whenStreamIsNew(this::sendAgain);
    }

    @Override
    public void publish(LatticeName lattice, AppStatus status) {
        var subject = stream.subject(lattice, status.app());
        if (newest.put(subject, new Waiting(lattice, status)) == null) {
            // a wadm that is at work publishes there itself
            presence.whenActive(() -> lanes.run(subject, () -> send(subject)));
        }
    }

    /**
     * The last word on an app that was deleted while it was deployed: no loop knows it any more.
     */
    void deleted(LatticeName lattice, AppName app, String latestVersion) {
        var subject = stream.subject(lattice, app);
        presence.whenActive(() ->
                lanes.run(subject, () -> sendAgain(subject, StatusMessage.gone(latestVersion))));
    }

    @Override
    @PreDestroy
    public void close() {
        closed = true;
    }

    private void send(String subject) {
        var waiting = newest.get(subject);
        if (waiting == null || closed) {
            return;
        }
        try {
            var record = wish(waiting);
            if (record.isPresent() && isNews(subject, waiting.status())) {
                send(
                        subject,
                        StatusMessage.write(waiting.status(), manifest(waiting, record.get())));
            }
            failing.remove(subject);
            // one that came meanwhile stays, and is sent next
            if (!newest.remove(subject, waiting)) {
                lanes.run(subject, () -> send(subject));
            }
        } catch (IOException
                | JetStreamApiException
                | StoreUnavailableException
                | IllegalStateException failed) {
            trouble(subject, failed);
            ensure();
            later(subject);
        }
    }

    /** That an app is not deployed is none where nothing else was said last on its subject. */
    private boolean isNews(String subject, AppStatus status)
            throws IOException, JetStreamApiException {
        if (status.phase() != Phase.UNDEPLOYED) {
            return true;
        }
        var undeployed = StatusMessage.word(Phase.UNDEPLOYED);
        var known = last(subject).map(StatusCache.Last::message).map(StatusMessage::type);
        var last = known.isPresent() ? known : stream.lastType(subject);
        return last.filter(type -> !type.equals(undeployed)).isPresent();
    }

    /** Said once for each subject, until it works again. */
    private void trouble(String subject, Exception failed) {
        log.atLevel(failing.add(subject) ? Level.WARN : Level.DEBUG)
                .addKeyValue("subject", subject)
                .addKeyValue("reason", String.valueOf(failed.getMessage()))
                .log("status not published, trying again");
    }

    private void send(String subject, ObjectNode message)
            throws IOException, JetStreamApiException {
        if (last(subject).filter(last -> last.message().equals(message)).isPresent()) {
            return;
        }
        var ack = nats.jetStream().publish(subject, Json.bytes(message));
        sent.put(subject, new StatusCache.Last(ack.getSeqno(), message));
    }

    /** By us or by whoever had the lattice since. */
    private Optional<StatusCache.Last> last(String subject) {
        var ours = Optional.ofNullable(sent.get(subject));
        var theirs = cache.last(subject);
        return ours.filter(o -> theirs.isEmpty() || o.sequence() >= theirs.get().sequence())
                .or(() -> theirs);
    }

    /** The app's record, where the status is about what it asks for; the catalog may be behind. */
    private Optional<AppRecord> wish(Waiting waiting) {
        var app = waiting.status().app();
        return catalog.app(waiting.lattice(), app)
                .map(StoredApp::record)
                .filter(record -> isAbout(waiting.status(), record))
                .or(() ->
                        apps.get()
                                .find(waiting.lattice(), app)
                                .map(StoredApp::record)
                                .filter(record -> isAbout(waiting.status(), record)));
    }

    private static boolean isAbout(AppStatus status, AppRecord record) {
        return status.uid().equals(Optional.of(record.uid()))
                && status.deployed()
                        .equals(record.deployedVersion().map(AppRecord.Version::version));
    }

    private Optional<Manifest> manifest(Waiting waiting, AppRecord record) {
        return record.deployedVersion()
                .flatMap(version ->
                        apps.get().revision(waiting.lattice(), record.name(), version.n()))
                .map(revision -> revision.manifest());
    }

    private void later(String subject) {
        var _ =
                Thread.ofVirtual()
                        .name("wadm-status-again")
                        .start(() -> {
                            try {
                                Thread.sleep(AGAIN);
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            }
                            lanes.run(subject, () -> send(subject));
                        });
    }

    /** What the old stream had of us, where nobody else has published since. */
    private void sendAgain() {
        var before = Map.copyOf(sent);
        sent.clear();
        before.forEach((subject, last) -> {
            boolean newestOfAll =
                    stream.parse(subject)
                            .flatMap(app -> cache.status(app.lattice(), app.app()))
                            .filter(seen -> seen.message().equals(last.message()))
                            .isPresent();
            if (newestOfAll) {
                lanes.run(subject, () -> sendAgain(subject, last.message()));
            }
        });
    }

    private void sendAgain(String subject, ObjectNode message) {
        try {
            send(subject, message);
        } catch (IOException | JetStreamApiException | IllegalStateException failed) {
            log.atWarn()
                    .addKeyValue("subject", subject)
                    .addKeyValue("reason", String.valueOf(failed.getMessage()))
                    .log("status not published again");
        }
    }

    private void ensure() {
        try {
            var _ = stream.ensure();
        } catch (IOException | JetStreamApiException | IllegalStateException failed) {
            log.atDebug().setCause(failed).log("stream not ensured");
        }
    }
}
