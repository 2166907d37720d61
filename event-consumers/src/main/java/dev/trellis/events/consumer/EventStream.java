package dev.trellis.events.consumer;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.RetentionPolicy;
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

    /**
     * Thrown when events are captured by a stream they cannot be followed in, as older managers of
     * applications left them; trying again helps once that stream is removed.
     */
    static final class UnsuitableException extends IOException {
        private static final long serialVersionUID = 1;

        UnsuitableException(StreamConfiguration stream) {
            super(
                    "stream %s captures the events %s with retention %s, so they cannot be followed: stop what reads it, then remove it with nats stream rm %s; nothing needs restarting"
                            .formatted(
                                    stream.getName(),
                                    stream.getSubjects(),
                                    stream.getRetentionPolicy(),
                                    stream.getName()));
        }
    }

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

    /**
     * The stream that captures the events, whatever its name; empty when none does.
     *
     * @throws UnsuitableException when what captures them does not keep them for every reader
     */
    Optional<StreamInfo> find() throws IOException, JetStreamApiException {
        var management = nats.jetStreamManagement();
        var kept = new ArrayList<StreamInfo>();
        var consumed = new ArrayList<StreamInfo>();
        for (var name : management.getStreamNames(subjects.all())) {
            var candidate = management.getStreamInfo(name);
            (keepsForAll(candidate) ? kept : consumed).add(candidate);
        }
        for (var candidate : kept) {
            if (candidate.getConfiguration().getSubjects().stream()
                    .anyMatch(subjects::capturedBy)) {
                return Optional.of(candidate);
            }
        }
        if (kept.isEmpty() && !consumed.isEmpty()) {
            throw new UnsuitableException(consumed.getFirst().getConfiguration());
        }
        // The server refuses ours beside one that captures a part, so that one has to do.
        for (var part : kept) {
            warn(part, "stream captures only a part of the events");
        }
        for (var part : consumed) {
            warn(part, "stream takes a part of the events away, remove it");
        }
        return kept.stream().findFirst();
    }

    /**
     * Work queues refuse a reader that acknowledges nothing, and a second one of the same subjects;
     * they and streams of interest forget what was read, so nothing can be replayed from them.
     */
    private static boolean keepsForAll(StreamInfo stream) {
        return stream.getConfiguration().getRetentionPolicy() == RetentionPolicy.Limits;
    }

    private static void warn(StreamInfo stream, String what) {
        log.atWarn()
                .addKeyValue("stream", stream.getConfiguration().getName())
                .addKeyValue("subjects", stream.getConfiguration().getSubjects())
                .addKeyValue("retention", stream.getConfiguration().getRetentionPolicy())
                .log(what);
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
