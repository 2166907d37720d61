package dev.trellis.deploy;

import dev.trellis.api.ApiParts;
import dev.trellis.scheduler.loop.LatticeManager;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the loops when everything is joined, and stops them before anything is taken apart. */
@Context
class LoopStarter {
    private static final Logger LOG = LoggerFactory.getLogger(LoopStarter.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final LatticeManager manager;
    private volatile boolean stopping;

    /**
     * @param api what of the API works without being called; asked for so that it is there
     */
    LoopStarter(LatticeManager manager, ApiParts api) {
        this.manager = manager;
    }

    /** Whether the end has begun. */
    boolean stopping() {
        return stopping;
    }

    @EventListener
    void onStartup(StartupEvent event) {
        manager.start();
    }

    @EventListener
    void onShutdown(ShutdownEvent event) throws InterruptedException {
        stopping = true;
        // A stop that hangs on a dead server must not keep the process.
        var closing = Thread.ofVirtual().name("stop").start(manager::close);
        if (!closing.join(STOP_LIMIT)) {
            LOG.atWarn().addKeyValue("limit", STOP_LIMIT).log("stop takes too long, going on");
            closing.interrupt();
        }
    }
}
