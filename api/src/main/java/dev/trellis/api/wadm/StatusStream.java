package dev.trellis.api.wadm;

import dev.trellis.api.ApiSettings;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stream {@code wadm_status}: ten messages an app. One that is there is used as it is. */
@Singleton
final class StatusStream {
    private static final Logger log = LoggerFactory.getLogger(StatusStream.class);
    private static final int NOT_FOUND = 404;
    private static final int PER_APP = 10;
    private static final String SUBJECT = "wadm.status.";

    record Subject(LatticeName lattice, AppName app) {}

    private final Connection nats;
    private final ApiSettings settings;

    StatusStream(Connection nats, ApiSettings settings) {
        this.nats = nats;
        this.settings = settings;
    }

    String name() {
        return settings.account().map(account -> "wadm_status_" + account).orElse("wadm_status");
    }

    String all() {
        return settings.subject(SUBJECT + "*.*");
    }

    String subject(LatticeName lattice, AppName app) {
        return settings.subject(SUBJECT + lattice + "." + app);
    }

    Optional<Subject> parse(String subject) {
        var prefix = settings.subject(SUBJECT);
        if (!subject.startsWith(prefix)) {
            return Optional.empty();
        }
        var parts = subject.substring(prefix.length()).split("\\.", -1);
        return parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()
                ? Optional.empty()
                : Optional.of(new Subject(new LatticeName(parts[0]), new AppName(parts[1])));
    }

    /** Creates it where it is missing. */
    void ensure() throws IOException, JetStreamApiException {
        var management = nats.jetStreamManagement();
        try {
            var _ = management.getStreamInfo(name());
        } catch (JetStreamApiException refused) {
            if (refused.getErrorCode() != NOT_FOUND) {
                throw refused;
            }
            var made =
                    management.addStream(
                            StreamConfiguration.builder()
                                    .name(name())
                                    .subjects(all())
                                    .storageType(StorageType.File)
                                    .retentionPolicy(RetentionPolicy.Limits)
                                    .discardPolicy(DiscardPolicy.Old)
                                    .maxMessagesPerSubject(PER_APP)
                                    .allowDirect(true)
                                    .build());
            log.atInfo()
                    .addKeyValue("stream", made.getConfiguration().getName())
                    .log("stream created");
        }
    }
}
