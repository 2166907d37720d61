package dev.trellis.scheduler.loop;

import dev.trellis.scheduler.step.Input;
import dev.trellis.scheduler.step.LatticeCore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What waits for a loop. Events are bounded: who brings one blocks while the box is full, so the
 * stream keeps the backlog. Answers and questions are bounded by how many are out, and never block.
 */
final class Mailbox {
    private static final int MOST_AT_ONCE = 16_384;

    /** Something for the loop: an input to fold, or a question about what it knows. */
    sealed interface Mail {
        record Event(Input input) implements Mail {}

        record Answer(Input input) implements Mail {}

        record Question(Consumer<LatticeCore> ask) implements Mail {}
    }

    private final LinkedBlockingQueue<Mail> queue = new LinkedBlockingQueue<>();
    private final Semaphore room;

    Mailbox(int events) {
        room = new Semaphore(events);
    }

    /** Blocks while too many events wait; when interrupted the event is dropped. */
    void event(Input input) {
        try {
            room.acquire();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return;
        }
        queue.add(new Mail.Event(input));
    }

    void answer(Input input) {
        queue.add(new Mail.Answer(input));
    }

    void question(Consumer<LatticeCore> ask) {
        queue.add(new Mail.Question(ask));
    }

    int size() {
        return queue.size();
    }

    /**
     * All that waits, or what comes first within {@code longest}; empty when nothing does.
     *
     * @param gather how long what comes after the first is waited for; 0: not at all
     */
    List<Mail> take(Duration longest, Duration gather) throws InterruptedException {
        var mail = new ArrayList<Mail>();
        var first = queue.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
        if (first == null) {
            return mail;
        }
        mail.add(first);
        long end = System.nanoTime() + gather.toNanos();
        queue.drainTo(mail, MOST_AT_ONCE - mail.size());
        for (long left = gather.toNanos();
                left > 0 && mail.size() < MOST_AT_ONCE;
                left = end - System.nanoTime()) {
            var next = queue.poll(left, TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            mail.add(next);
            queue.drainTo(mail, MOST_AT_ONCE - mail.size());
        }
        for (var one : mail) {
            if (one instanceof Mail.Event) {
                room.release();
            }
        }
        return mail;
    }
}
