package dev.trellis.events.command;

import dev.trellis.events.connection.Requests;
import dev.trellis.events.wire.CommandEncoder;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.CommandBus.Answer;
import dev.trellis.scheduler.port.HostLabels;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Labels over NATS requests (lattice-protocol 1.5). */
public final class NatsHostLabels implements HostLabels {
    private final Requests requests;
    private final CommandSubjects subjects;
    private final CommandSettings settings;

    /**
     * @param requests stays the caller's, who closes it after this
     */
    public NatsHostLabels(Requests requests, CommandSettings settings) {
        this.requests = requests;
        this.subjects = new CommandSubjects(settings);
        this.settings = settings;
    }

    @Override
    public void put(
            LatticeName lattice,
            HostId host,
            String key,
            String value,
            Consumer<Answer> whenAnswered) {
        send(
                () -> subjects.putLabel(lattice, host),
                CommandEncoder.label(key, value),
                whenAnswered);
    }

    @Override
    public void delete(
            LatticeName lattice, HostId host, String key, Consumer<Answer> whenAnswered) {
        send(() -> subjects.deleteLabel(lattice, host), CommandEncoder.label(key), whenAnswered);
    }

    private void send(Supplier<String> subject, byte[] payload, Consumer<Answer> whenAnswered) {
        String to;
        try {
            to = subject.get();
        } catch (IllegalArgumentException unusable) {
            whenAnswered.accept(new Answer.Refused(String.valueOf(unusable.getMessage())));
            return;
        }
        requests.send(
                to,
                payload,
                settings.timeout(),
                outcome -> whenAnswered.accept(Answers.of(outcome)));
    }
}
