package dev.trellis.api.wadm;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream that captures one subject pattern. Any that captures all of it already is used as it is,
 * whatever its name. One of our name that captures less is given the pattern besides, and keeps
 * what it has. Where there is none it is created.
 */
final class WadmStream {
    private static final Logger log = LoggerFactory.getLogger(WadmStream.class);
    private static final int NOT_FOUND = 404;

    private final Connection nats;
    private final StreamConfiguration wanted;
    private final String pattern;

    /** {@code wanted}: how to create it; its one subject is the pattern. */
    WadmStream(Connection nats, StreamConfiguration wanted) {
        this.nats = nats;
        this.wanted = wanted;
        this.pattern = wanted.getSubjects().getFirst();
    }

    /**
     * Looks for it, and creates it where it is missing.
     *
     * @return the stream as the server has it; its name may be another
     * @throws IOException when another stream captures a part of the subjects, which it names,
     *     among others; trying again helps only once that one is gone
     */
    StreamInfo ensure() throws IOException, JetStreamApiException {
        var management = nats.jetStreamManagement();
        var capturing = capturing(management);
        if (capturing.isPresent()) {
            return capturing.get();
        }
        refuseBeside(management.getStreamNames(pattern));
        return named(management).isPresent() ? widen(management) : make(management);
    }

    private Optional<StreamInfo> capturing(JetStreamManagement management)
            throws IOException, JetStreamApiException {
        for (var name : management.getStreamNames(pattern)) {
            var info = management.getStreamInfo(name);
            if (info.getConfiguration().getSubjects().stream().anyMatch(s -> covers(s, pattern))) {
                return Optional.of(info);
            }
        }
        return Optional.empty();
    }

    /** The server refuses subjects that overlap another stream's, but does not say whose. */
    private void refuseBeside(List<String> overlapping) throws IOException {
        var others = overlapping.stream().filter(n -> !n.equals(wanted.getName())).toList();
        if (!others.isEmpty()) {
            throw new IOException(
                    ("a part of %s is captured by %s, so stream %s cannot capture all of it:"
                                    + " take those subjects from it, or remove it with"
                                    + " nats stream rm %s; nothing needs restarting")
                            .formatted(
                                    pattern,
                                    "stream " + String.join(", ", others),
                                    wanted.getName(),
                                    others.getFirst()));
        }
    }

    private Optional<StreamInfo> named(JetStreamManagement management)
            throws IOException, JetStreamApiException {
        try {
            return Optional.of(management.getStreamInfo(wanted.getName()));
        } catch (JetStreamApiException refused) {
            if (refused.getErrorCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private StreamInfo widen(JetStreamManagement management)
            throws IOException, JetStreamApiException {
        var old = management.getStreamInfo(wanted.getName()).getConfiguration();
        var subjects = new ArrayList<>(old.getSubjects());
        subjects.removeIf(subject -> covers(pattern, subject));
        subjects.add(pattern);
        var widened =
                management.updateStream(
                        StreamConfiguration.builder(old).subjects(subjects).build());
        log.atInfo()
                .addKeyValue("stream", wanted.getName())
                .addKeyValue("from", old.getSubjects())
                .addKeyValue("to", widened.getConfiguration().getSubjects())
                .log("stream of an older layout migrated, its messages kept");
        return widened;
    }

    private StreamInfo make(JetStreamManagement management)
            throws IOException, JetStreamApiException {
        var made = management.addStream(wanted);
        log.atInfo()
                .addKeyValue("stream", made.getConfiguration().getName())
                .addKeyValue("replicas", made.getConfiguration().getReplicas())
                .log("stream created");
        return made;
    }

    /** Whether every subject that {@code inner} matches is matched by {@code outer} too. */
    static boolean covers(String outer, String inner) {
        var theirs = outer.split("\\.", -1);
        var ours = inner.split("\\.", -1);
        for (int i = 0; i < theirs.length; i++) {
            if (theirs[i].equals(">")) {
                return i < ours.length;
            }
            if (i >= ours.length || ours[i].equals(">")) {
                return false;
            }
            if (!theirs[i].equals("*") && !theirs[i].equals(ours[i])) {
                return false;
            }
        }
        return theirs.length == ours.length;
    }
}
