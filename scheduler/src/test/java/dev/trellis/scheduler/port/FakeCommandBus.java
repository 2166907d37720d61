package dev.trellis.scheduler.port;

import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.observe.LatticeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Remembers what was sent and answers within the call, by a rule that can be changed; a command for
 * which the rule has no answer waits for {@link #answerHeld}.
 */
public final class FakeCommandBus implements CommandBus {
    private final List<Sent> sent = new ArrayList<>();
    private final List<Consumer<Answer>> held = new ArrayList<>();
    private Function<Command, Optional<Answer>> rule =
            command -> Optional.of(new Answer.Accepted(""));

    public record Sent(LatticeName lattice, Command command) {}

    @Override
    public synchronized void send(
            LatticeName lattice, Command command, Consumer<Answer> whenAnswered) {
        sent.add(new Sent(lattice, command));
        rule.apply(command).ifPresentOrElse(whenAnswered, () -> held.add(whenAnswered));
    }

    /** How commands are answered from now on; empty: later. */
    public synchronized void answerBy(Function<Command, Optional<Answer>> rule) {
        this.rule = rule;
    }

    /** Gives {@code answer} to everything that waits for one. */
    public synchronized void answerHeld(Answer answer) {
        var waiting = List.copyOf(held);
        held.clear();
        waiting.forEach(each -> each.accept(answer));
    }

    /** Everything sent, in order. */
    public synchronized List<Sent> sent() {
        return List.copyOf(sent);
    }

    /** Forgets what was sent; what waits for an answer still waits. */
    public synchronized void clear() {
        sent.clear();
    }
}
