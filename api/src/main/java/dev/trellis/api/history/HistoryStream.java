package dev.trellis.api.history;

import dev.trellis.api.ApiSettings;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.MessageConsumer;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names and making of the stream {@code trellis_history}. */
@Singleton
final class HistoryStream {
    private static final Logger log = LoggerFactory.getLogger(HistoryStream.class);
    private static final int NOT_FOUND = 404;
    private static final String SUBJECT = "trellis.history.";

    /** What a subject is about; without an app: the lattice itself. */
    record Subject(LatticeName lattice, Optional<AppName> app) {}

    private final Connection nats;
    private final ApiSettings api;
    private final HistorySettings settings;

    HistoryStream(Connection nats, ApiSettings api, HistorySettings settings) {
        this.nats = nats;
        this.api = api;
        this.settings = settings;
    }

    String name() {
        return settings.account().map(a -> "trellis_history_" + a).orElse("trellis_history");
    }

    String subject(LatticeName lattice, Optional<AppName> app) {
        return api.subject(SUBJECT + lattice + app.map(a -> "." + a).orElse(""));
    }

    /** Of all lattices and apps. */
    String all() {
        return api.subject(SUBJECT + ">");
    }

    /** Empty for a subject that is not ours. */
    Optional<Subject> parse(String subject) {
        var prefix = api.subject(SUBJECT);
        if (!subject.startsWith(prefix)) {
            return Optional.empty();
        }
        var parts = subject.substring(prefix.length()).split("\\.", -1);
        if (parts.length > 2 || parts[0].isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Subject(
                        new LatticeName(parts[0]),
                        parts.length == 2 ? Optional.of(new AppName(parts[1])) : Optional.empty()));
    }

    JetStreamManagement management() throws IOException {
        return nats.jetStreamManagement(options());
    }

    JetStreamOptions options() {
        return JetStreamOptions.builder().requestTimeout(settings.timeout()).build();
    }

    /** What a closed consumer leaves on the server for minutes. */
    void forget(MessageConsumer consumer) {
        consumer.stop();
        try {
            var _ = management().deleteConsumer(name(), consumer.getConsumerName());
        } catch (IOException | JetStreamApiException | IllegalStateException gone) {
            log.atDebug().setCause(gone).log("consumer not deleted");
        }
    }

    /** The stream as it is; empty when there is none. */
    Optional<StreamInfo> info() throws IOException, JetStreamApiException {
        try {
            return Optional.of(management().getStreamInfo(name()));
        } catch (JetStreamApiException refused) {
            if (refused.getErrorCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** Creates it where it is missing; one that is there is used as it is. */
    void ensure() throws IOException, JetStreamApiException {
        if (info().isPresent()) {
            return;
        }
        var made =
                management()
                        .addStream(
                                StreamConfiguration.builder()
                                        .name(name())
                                        .subjects(all())
                                        .storageType(StorageType.File)
                                        .replicas(settings.replicas())
                                        .retentionPolicy(RetentionPolicy.Limits)
                                        .discardPolicy(DiscardPolicy.Old)
                                        .maxAge(settings.maxAge())
                                        .maxMessagesPerSubject(settings.perSubject())
                                        .build());
        log.atInfo().addKeyValue("stream", made.getConfiguration().getName()).log("stream created");
    }
}
