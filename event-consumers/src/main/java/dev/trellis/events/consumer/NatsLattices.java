package dev.trellis.events.consumer;

import dev.trellis.scheduler.observe.LatticeName;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamInfoOptions;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which lattices there are: those whose hosts were heard within the time the stream keeps. */
public final class NatsLattices {
    private static final Logger log = LoggerFactory.getLogger(NatsLattices.class);

    private final Connection nats;
    private final EventStream stream;
    private final EventSubjects subjects;
    private volatile Set<LatticeName> last = Set.of();

    public NatsLattices(Connection nats, EventSettings settings) {
        this.nats = nats;
        this.stream = new EventStream(nats, settings);
        this.subjects = new EventSubjects(settings.account());
    }

    /**
     * Asks the server, and makes the stream where nothing captures the events yet. While the server
     * does not answer this is what it answered last.
     */
    public Set<LatticeName> seen() {
        try {
            last = ask();
        } catch (IOException | JetStreamApiException | IllegalStateException unanswered) {
            log.atWarn()
                    .addKeyValue("reason", unanswered.getMessage())
                    .log("lattices not asked for, the last answer stands");
        }
        return last;
    }

    private Set<LatticeName> ask() throws IOException, JetStreamApiException {
        // Made where there is none: else a lattice without apps would stay unseen for good.
        var name = stream.ensure().getConfiguration().getName();
        var info =
                nats.jetStreamManagement()
                        .getStreamInfo(name, StreamInfoOptions.filterSubjects(subjects.all()));
        var seen = new TreeSet<LatticeName>();
        for (var subject : info.getStreamState().getSubjects()) {
            subjects.lattice(subject.getName()).ifPresent(seen::add);
        }
        return Collections.unmodifiableSet(seen);
    }
}
