package dev.trellis.scheduler.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.step.Input;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What waits for a loop, and who waits to bring more. */
final class MailboxTest {
    private final Mailbox mailbox = new Mailbox(2);

    private static Input event(String config) {
        return new Input.Event(new LatticeEvent.ConfigSet(config), Instant.EPOCH);
    }

    @Test
    void whatCameIsTakenInOrder() throws InterruptedException {
        mailbox.event(event("one"));
        mailbox.answer(new Input.Tick());
        mailbox.event(event("two"));

        assertThat(mailbox.take(Duration.ZERO, Duration.ZERO))
                .containsExactly(
                        new Mailbox.Mail.Event(event("one")),
                        new Mailbox.Mail.Answer(new Input.Tick()),
                        new Mailbox.Mail.Event(event("two")));
    }

    @Test
    void anEmptyBoxIsTakenAsNothingWhenTheTimeIsOver() throws InterruptedException {
        assertThat(mailbox.take(Duration.ofMillis(1), Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void whoBringsOneEventTooManyWaitsUntilSomeAreTaken() throws InterruptedException {
        mailbox.event(event("one"));
        mailbox.event(event("two"));
        var bringer = Thread.ofVirtual().start(() -> mailbox.event(event("three")));
        while (bringer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(mailbox.size()).isEqualTo(2);

        assertThat(mailbox.take(Duration.ZERO, Duration.ZERO)).hasSize(2);
        bringer.join();

        assertThat(mailbox.take(Duration.ZERO, Duration.ZERO))
                .containsExactly(new Mailbox.Mail.Event(event("three")));
    }

    @Test
    void answersFindRoomWhereEventsDoNot() {
        mailbox.event(event("one"));
        mailbox.event(event("two"));
        for (int i = 0; i < 100; i++) {
            mailbox.answer(new Input.Tick());
        }
        assertThat(mailbox.size()).isEqualTo(102);
    }

    @Test
    void whoIsInterruptedWhileWaitingDropsItsEvent() throws InterruptedException {
        mailbox.event(event("one"));
        mailbox.event(event("two"));
        var bringer = Thread.ofVirtual().start(() -> mailbox.event(event("three")));
        bringer.interrupt();
        bringer.join();
        assertThat(mailbox.size()).isEqualTo(2);
    }

    @Test
    void whatComesWhileGatheringIsTakenWithTheFirst() throws InterruptedException {
        mailbox.answer(new Input.Tick());
        var bringer = Thread.ofVirtual().start(() -> mailbox.event(event("later")));
        var taken = mailbox.take(Duration.ZERO, Duration.ofMillis(500));
        bringer.join();
        assertThat(taken).hasSize(2);
    }
}
