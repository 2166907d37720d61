package dev.trellis.api.wadm;

import dev.trellis.api.view.Json;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;

/** The stream {@code wadm_status}: ten messages an app. One that is there is used as it is. */
@Singleton
final class StatusStream {
    private static final int PER_APP = 10;
    private static final int NO_MESSAGE = 10037;
    private static final String SUBJECT = "wadm.status.";

    record Subject(LatticeName lattice, AppName app) {}

    private final Connection nats;
    private final WadmSettings settings;
    private final WadmStream stream;

    StatusStream(Connection nats, WadmSettings settings) {
        this.nats = nats;
        this.settings = settings;
        this.stream =
                new WadmStream(
                        nats,
                        StreamConfiguration.builder()
                                .name(settings.stream("wadm_status"))
                                .subjects(all())
                                .storageType(StorageType.File)
                                .retentionPolicy(RetentionPolicy.Limits)
                                .discardPolicy(DiscardPolicy.Old)
                                .maxMessagesPerSubject(PER_APP)
                                .allowDirect(true)
                                .replicas(settings.replicas())
                                .build());
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

    /** The word of the last status on {@code subject}; empty where there is none. */
    Optional<String> lastType(String subject) throws IOException, JetStreamApiException {
        try {
            var name = ensure().getConfiguration().getName();
            var last = nats.jetStreamManagement().getLastMessage(name, subject);
            var data = last.getData();
            return data == null
                    ? Optional.empty()
                    : Optional.of(StatusMessage.type(Json.parse(data)));
        } catch (JetStreamApiException refused) {
            if (refused.getApiErrorCode() == NO_MESSAGE) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** As the server has it; created where it is missing. */
    StreamInfo ensure() throws IOException, JetStreamApiException {
        return stream.ensure();
    }
}
