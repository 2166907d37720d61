package dev.trellis.events.consumer;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stream that keeps events: found by its subjects, or made. */
final class EventStream {
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    private final Connection nats;
    private final EventSettings settings;
    private final EventSubjects subjects;

    EventStream(Connection nats, EventSettings settings) {
        this.nats = nats;
        this.settings = settings;
        this.subjects = new EventSubjects(settings.account());
    }

    /** The stream as the server has it; made where none captures the events. */
    StreamInfo ensure() throws IOException, JetStreamApiException {
        var found = find();
        return found.isPresent() ? found.get() : make();
    }

    /** The stream that captures the events, whatever its name; empty when none does. */
    Optional<StreamInfo> find() throws IOException, JetStreamApiException {
        var management = nats.jetStreamManagement();
        var candidates = new ArrayList<StreamInfo>();
        for (var name : management.getStreamNames(subjects.all())) {
            candidates.add(management.getStreamInfo(name));
        }
        for (var candidate : candidates) {
            if (candidate.getConfiguration().getSubjects().stream()
                    .anyMatch(subjects::capturedBy)) {
                return Optional.of(candidate);
            }
        }
        // The server refuses ours beside one that captures a part, so that one has to do.
        candidates.forEach(part ->
                log.atWarn()
                        .addKeyValue("stream", part.getConfiguration().getName())
                        .addKeyValue("subjects", part.getConfiguration().getSubjects())
                        .log("stream captures only a part of the events"));
        return candidates.stream().findFirst();
    }

    private StreamInfo make() throws IOException, JetStreamApiException {
        var wanted =
                StreamConfiguration.builder()
                        .name(settings.streamName())
                        .subjects(subjects.all())
                        .maxAge(settings.replay())
                        .storageType(settings.storage())
                        .replicas(settings.replicas())
                        .build();
        var made = nats.jetStreamManagement().addStream(wanted);
        var got = made.getConfiguration();
        log.atInfo()
                .addKeyValue("stream", got.getName())
                .addKeyValue("max_age", got.getMaxAge())
                .addKeyValue("storage", got.getStorageType())
                .addKeyValue("replicas", got.getReplicas())
                .log("event stream made");
        if (!wanted.getMaxAge().equals(got.getMaxAge())
                || wanted.getStorageType() != got.getStorageType()
                || wanted.getReplicas() != got.getReplicas()) {
            log.atWarn()
                    .addKeyValue("stream", got.getName())
                    .log("event stream differs from the settings");
        }
        return made;
    }
}
