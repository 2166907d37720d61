package dev.trellis.scheduler.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.port.CommandBus.Answer;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link CommandBus} owes its caller. */
public abstract class CommandBusContract {
    protected static final LatticeName LATTICE = new LatticeName("blue");
    protected static final HostId HOST = new HostId("N1");
    private static final Command START =
            new Command.Scale(HOST, new WorkloadId("a"), "reg/a:1", 1, new TreeMap<>(), List.of());

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

    /** What {@link #HOST} does with a command. */
    protected enum Host {
        ACCEPTS,
        REFUSES,
        IS_SILENT,
        IS_GONE
    }

    protected abstract CommandBus bus();

    /**
     * @param words that the host replies with, where it does
     */
    protected abstract void host(Host does, String words) throws Exception;

    @Test
    void aCommandThatTheHostTakesIsAccepted() throws Exception {
        host(Host.ACCEPTS, "queued");

        assertThat(answer()).isEqualTo(new Answer.Accepted("queued"));
    }

    @Test
    void aCommandThatTheHostTurnsDownIsRefusedWithItsWords() throws Exception {
        host(Host.REFUSES, "no such thing");

        assertThat(answer()).isEqualTo(new Answer.Refused("no such thing"));
    }

    @Test
    void aHostThatIsGoneIsNoResponder() throws Exception {
        host(Host.IS_GONE, "");

        assertThat(answer()).isEqualTo(new Answer.NoResponders());
    }

    @Test
    void aHostThatSaysNothingLeavesTheCommandUnanswered() throws Exception {
        host(Host.IS_SILENT, "");

        assertThat(answer()).isEqualTo(new Answer.Unanswered());
    }

    @Test
    void everyCommandIsAnsweredExactlyOnce() throws Exception {
        host(Host.ACCEPTS, "queued");
        for (int i = 0; i < 100; i++) {
            bus().send(LATTICE, START, answers::add);
        }

        for (int i = 0; i < 100; i++) {
            assertThat(answers.poll(10, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(answers).isEmpty();
    }

    private Answer answer() throws InterruptedException {
        bus().send(LATTICE, START, answers::add);
        var answer = answers.poll(10, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("no answer within 10 s");
        }
        assertThat(answers).isEmpty();
        return answer;
    }
}
