package dev.trellis.scheduler.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.observe.LatticeName;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link Leases} owes its listeners. */
public abstract class LeasesContract {
    protected static final LatticeName BLUE = new LatticeName("blue");
    protected static final LatticeName RED = new LatticeName("red");

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    /** Leases of a process of this name; all of one test contend with each other. */
    protected abstract Leases process(String name) throws Exception;

    @Test
    void theFirstOwnsTheLatticeAndIsNamed() throws Exception {
        var a = process("a");
        a.contend(BLUE, listener("a"));

        assertThat(next()).isEqualTo("a acquired");
        assertThat(a.owner(BLUE)).contains("a");
    }

    @Test
    void aStandbyTakesOverWhenTheOwnerGivesUp() throws Exception {
        var a = process("a");
        var b = process("b");
        a.contend(BLUE, listener("a"));
        assertThat(next()).isEqualTo("a acquired");
        b.contend(BLUE, listener("b"));

        a.release(BLUE);

        assertThat(next()).isEqualTo("a lost");
        assertThat(next()).isEqualTo("b acquired");
        assertThat(b.owner(BLUE)).contains("b");
    }

    @Test
    void aStandbyThatGivesUpGetsNothing() throws Exception {
        var a = process("a");
        var b = process("b");
        a.contend(BLUE, listener("a"));
        assertThat(next()).isEqualTo("a acquired");
        b.contend(BLUE, listener("b"));
        b.release(BLUE);

        a.close();

        assertThat(next()).isEqualTo("a lost");
        assertThat(told).isEmpty();
    }

    @Test
    void latticesAreOwnedIndependently() throws Exception {
        var a = process("a");
        var b = process("b");
        a.contend(BLUE, listener("a"));
        assertThat(next()).isEqualTo("a acquired");
        b.contend(RED, listener("b"));

        assertThat(next()).isEqualTo("b acquired");
    }

    @Test
    void closingGivesUpEverything() throws Exception {
        var a = process("a");
        a.contend(BLUE, listener("a"));
        assertThat(next()).isEqualTo("a acquired");

        a.close();
        assertThat(next()).isEqualTo("a lost");
        process("b").contend(BLUE, listener("b"));

        assertThat(next()).isEqualTo("b acquired");
    }

    /** Tells what happened to {@code process}, for {@link #next}. */
    protected final Leases.Listener listener(String process) {
        return new Leases.Listener() {
            @Override
            public void acquired() {
                told.add(process + " acquired");
            }

            @Override
            public void lost() {
                told.add(process + " lost");
            }
        };
    }

    /** What happened next, waited for. */
    protected final String next() throws InterruptedException {
        var line = told.poll(20, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("nothing told within 20 s");
        }
        return line;
    }
}
