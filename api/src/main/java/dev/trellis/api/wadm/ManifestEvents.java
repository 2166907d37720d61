package dev.trellis.api.wadm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.store.DeployListener;
import dev.trellis.api.view.Json;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.codec.ManifestWriter;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import io.micronaut.context.BeanProvider;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.PublishOptions;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of deploys and undeploys as wadm does: CloudEvents on {@code wadm.evt.<lattice>.…} through
 * the stream {@code wadm_events}, which the operator mirrors by that name. A change waits for its
 * event to be acknowledged; where that takes too long the event is tried on in the background.
 */
@Singleton
public final class ManifestEvents implements DeployListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ManifestEvents.class);
    private static final Duration KEPT = Duration.ofSeconds(70);
    private static final Duration WAITED_FOR = Duration.ofSeconds(4);
    // short, since a stream that vanished may be silent rather than refuse
    private static final Duration ACKNOWLEDGED_IN = Duration.ofMillis(750);
    private static final JetStreamOptions ACKNOWLEDGED =
            JetStreamOptions.builder().requestTimeout(ACKNOWLEDGED_IN).build();
    private static final Duration AGAIN = Duration.ofMillis(250);
    private static final int TRIES = 240;
    private static final int AT_ONCE = 32;

    private final Connection nats;
    private final WadmSettings settings;
    private final WadmPresence presence;
    private final BeanProvider<WadmStatusPublisher> statuses;
    private final WadmStream stream;
    private final InstantSource clock = InstantSource.system();
    private final Lanes lanes = new Lanes("wadm-evt", AT_ONCE);
    private volatile boolean closed;

    ManifestEvents(
            Connection nats,
            WadmSettings settings,
            WadmPresence presence,
            BeanProvider<WadmStatusPublisher> statuses) {
        this.nats = nats;
        this.settings = settings;
        this.presence = presence;
        this.statuses = statuses;
        this.stream =
                new WadmStream(
                        nats,
                        StreamConfiguration.builder()
                                .name(settings.stream("wadm_events"))
                                .subjects(settings.subject("wadm.evt.*.>"))
                                .storageType(StorageType.File)
                                .retentionPolicy(RetentionPolicy.Limits)
                                .maxAge(KEPT)
                                .replicas(settings.replicas())
                                .build());
    }

    /** Creates the stream where it is missing. */
    void ensureStream() throws IOException, JetStreamApiException {
        var _ = stream.ensure();
    }

    @Override
    public void deployed(LatticeName lattice, Manifest manifest) {
        try {
            tell(
                    lattice,
                    manifest.name(),
                    "manifest_published",
                    (ObjectNode) Json.parse(ManifestWriter.jsonOfTexts(manifest)));
        } catch (IOException impossible) {
            throw new IllegalStateException("what was just written is JSON", impossible);
        }
    }

    @Override
    public void undeployed(LatticeName lattice, AppName app) {
        tell(lattice, app.value(), "manifest_unpublished", Json.object().put("name", app.value()));
    }

    @Override
    public void deleted(
            LatticeName lattice, AppName app, String latestVersion, boolean wasDeployed) {
        undeployed(lattice, app);
        if (wasDeployed) {
            statuses.get().deleted(lattice, app, latestVersion);
        }
    }

    @Override
    @PreDestroy
    public void close() {
        closed = true;
    }

    private void tell(LatticeName lattice, String app, String type, ObjectNode data) {
        if (!presence.isActive()) {
            return; // a wadm at work would take it for its own
        }
        var id = UUID.randomUUID().toString();
        var event =
                Json.object()
                        .put("specversion", "1.0")
                        .put("id", id)
                        .put("type", "com.wadm." + type)
                        .put("source", "wadm")
                        .put("datacontenttype", "application/json")
                        .put("time", clock.instant().toString());
        event.set("data", data);
        var subject = settings.subject("wadm.evt." + lattice + "." + type);
        var done = new CountDownLatch(1);
        lanes.run(
                lattice + "." + app,
                () -> {
                    send(subject, id, Json.bytes(event));
                    done.countDown();
                });
        await(done, subject);
    }

    private static void await(CountDownLatch done, String subject) {
        try {
            if (!done.await(WAITED_FOR.toMillis(), TimeUnit.MILLISECONDS)) {
                log.atWarn().addKeyValue("subject", subject).log("event not acknowledged yet");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The stream drops what it has already, by the id. */
    private void send(String subject, String id, byte[] event) {
        var once = PublishOptions.builder().messageId(id).build();
        for (int i = 0; i < TRIES && !closed; i++) {
            try {
                var ack = nats.jetStream(ACKNOWLEDGED).publish(subject, event, once);
                log.atDebug().addKeyValue("sequence", ack.getSeqno()).log("event published");
                return;
            } catch (IOException | JetStreamApiException | IllegalStateException failed) {
                log.atDebug()
                        .addKeyValue("subject", subject)
                        .setCause(failed)
                        .log("event not published, trying again");
                if (!ensured() && !pause()) {
                    return;
                }
            } catch (IllegalArgumentException tooLarge) {
                log.atError()
                        .addKeyValue("subject", subject)
                        .addKeyValue("bytes", event.length)
                        .log("event not published: larger than NATS takes");
                return;
            }
        }
        log.atError().addKeyValue("subject", subject).log("event not published, given up");
    }

    private boolean ensured() {
        try {
            ensureStream();
            return true;
        } catch (IOException | JetStreamApiException | IllegalStateException failed) {
            log.atWarn()
                    .addKeyValue("stream", settings.stream("wadm_events"))
                    .addKeyValue("reason", String.valueOf(failed.getMessage()))
                    .log("stream of manifest events is not there");
            return false;
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(AGAIN);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
