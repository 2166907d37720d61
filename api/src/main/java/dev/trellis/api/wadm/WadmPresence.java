package dev.trellis.api.wadm;

import dev.trellis.api.ask.Predecessor;
import dev.trellis.scheduler.port.Passive;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out at the start whether a wadm answers here. Where one does, this process is passive until
 * it is told to take over, here or in another process of this installation. A wadm that comes later
 * is only told of in the log.
 */
@Singleton
public final class WadmPresence implements Passive, Predecessor, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WadmPresence.class);
    // one wadm answers for every lattice, and a queue group shared with a Trellis hides it from
    // some
    private static final int ASKED = 8;
    private static final String TAKEN_OVER = "trellis.takeover";
    private static final Duration LATER = Duration.ofSeconds(30);

    private enum State {
        ASKING,
        PASSIVE,
        ACTIVE
    }

    private final Connection nats;
    private final WadmSettings settings;
    private final Dispatcher dispatcher;
    private final List<Runnable> begin = new ArrayList<>();
    private final Thread thread;
    private State state = State.ASKING;
    private boolean tookOver;

    WadmPresence(Connection nats, WadmSettings settings) {
        this.nats = nats;
        this.settings = settings;
        this.tookOver = settings.takeover();
        this.dispatcher = nats.createDispatcher(this::askedByAPassiveOne);
        this.thread = Thread.ofVirtual().name("wadm-presence").start(this::run);
    }

    @Override
    public synchronized boolean isPassive() {
        return state == State.PASSIVE;
    }

    /** Whether it is not known yet. */
    synchronized boolean isAsking() {
        return state == State.ASKING;
    }

    /** Whether this process may act. */
    synchronized boolean isActive() {
        return state == State.ACTIVE;
    }

    @Override
    public void end() {
        synchronized (this) {
            if (state == State.ACTIVE) {
                return;
            }
            tookOver = true;
        }
        log.atWarn().log("passive no longer: Trellis takes over from wadm");
        activate();
    }

    @Override
    public void whenActive(Runnable what) {
        synchronized (this) {
            if (state != State.ACTIVE) {
                begin.add(what);
                return;
            }
        }
        what.run();
    }

    @Override
    public boolean answers() {
        try {
            return findsWadm();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return isPassive();
        }
    }

    @Override
    public void replaced() {
        end();
    }

    @Override
    @PreDestroy
    public void close() {
        thread.interrupt();
        if (nats.getStatus() != Connection.Status.CLOSED) {
            nats.closeDispatcher(dispatcher);
        }
    }

    private void run() {
        try {
            dispatcher.subscribe(settings.subject(TAKEN_OVER));
            boolean found = !settings.takeover() && findsWadm();
            if (found && becomePassive()) {
                log.atWarn()
                        .addKeyValue("subject", list())
                        .log(
                                "A wadm answers on this account: Trellis is passive, serves nothing"
                                        + " on its subjects and sends nothing to hosts, until it is"
                                        + " told to import or started with the setting takeover");
                awaitTakeover();
            }
            activate();
            lookForLaterOnes();
        } catch (InterruptedException | IllegalStateException closing) {
            log.atDebug().setCause(closing).log("presence of wadm no longer looked at");
        }
    }

    private synchronized boolean becomePassive() {
        if (state == State.ASKING) {
            state = State.PASSIVE;
        }
        return state == State.PASSIVE;
    }

    private void activate() {
        List<Runnable> now;
        synchronized (this) {
            if (state == State.ACTIVE) {
                return;
            }
            state = State.ACTIVE;
            now = List.copyOf(begin);
            begin.clear();
            notifyAll();
        }
        now.forEach(Runnable::run);
    }

    private boolean findsWadm() throws InterruptedException {
        for (int i = 0; i < ASKED; i++) {
            awaitConnection();
            if (ask().filter(WadmPresence::isWadms).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Nobody can be asked while we are not connected, and silence would then say nothing. */
    private void awaitConnection() throws InterruptedException {
        while (nats.getStatus() != Connection.Status.CONNECTED) {
            if (nats.getStatus() == Connection.Status.CLOSED) {
                throw new IllegalStateException("connection closed");
            }
            Thread.sleep(Duration.ofMillis(50));
        }
    }

    private Optional<Message> ask() throws InterruptedException {
        return Optional.ofNullable(nats.request(list(), new byte[0], settings.askTimeout()));
    }

    private static boolean isWadms(Message answer) {
        return !answer.isStatusMessage()
                && (answer.getHeaders() == null
                        || answer.getHeaders().getIgnoreCase(WadmApi.HEADER) == null);
    }

    private String list() {
        return settings.subject(settings.prefix() + ".default.model.list");
    }

    /** Another process of ours may be told, and then says so to those that ask. */
    private void awaitTakeover() throws InterruptedException {
        while (isPassive()) {
            var answer =
                    nats.getStatus() == Connection.Status.CONNECTED
                            ? nats.request(
                                    settings.subject(TAKEN_OVER),
                                    new byte[0],
                                    settings.askTimeout())
                            : null;
            if (answer != null && !answer.isStatusMessage()) {
                log.atWarn().log("passive no longer: another process took over from wadm");
                synchronized (this) {
                    tookOver = true;
                }
                return;
            }
            synchronized (this) {
                if (state == State.PASSIVE) {
                    wait(settings.lookEvery().toMillis());
                }
            }
        }
    }

    private void askedByAPassiveOne(Message question) {
        boolean say;
        synchronized (this) {
            say = tookOver && state == State.ACTIVE;
        }
        if (say && question.getReplyTo() != null) {
            nats.publish(question.getReplyTo(), "taken over".getBytes(StandardCharsets.UTF_8));
        }
    }

    private void lookForLaterOnes() throws InterruptedException {
        boolean there = false;
        while (true) {
            Thread.sleep(LATER);
            if (nats.getStatus() != Connection.Status.CONNECTED) {
                continue;
            }
            boolean now = ask().filter(WadmPresence::isWadms).isPresent();
            if (now && !there) {
                log.atWarn()
                        .addKeyValue("subject", list())
                        .log(
                                "A wadm answers on this account beside Trellis: each gets a part of"
                                        + " the requests, and both act on hosts; stop it");
            }
            there = now || there;
        }
    }
}
