package dev.trellis.api;

import dev.trellis.api.store.AppCatalog;
import dev.trellis.api.store.ImportReport;
import dev.trellis.api.store.ImportSettings;
import dev.trellis.api.store.WadmImport;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.Passive;
import dev.trellis.scheduler.port.StoreUnavailableException;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Imports from wadm what the settings say, once this process may act: no wadm answers. */
@Context
final class ImportAtStart {
    private static final Logger log = LoggerFactory.getLogger(ImportAtStart.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final ImportSettings settings;
    private final WadmImport imports;
    private final AppCatalog catalog;
    private final Passive passive;
    private final Thread thread;

    ImportAtStart(
            ImportSettings settings, WadmImport imports, AppCatalog catalog, Passive passive) {
        this.passive = passive;
        this.settings = settings;
        this.imports = imports;
        this.catalog = catalog;
        this.thread = Thread.ofVirtual().name("import").unstarted(this::run);
    }

    @EventListener
    void onStartup(StartupEvent event) {
        if (!settings.lattices().isEmpty()) {
            passive.whenActive(thread::start);
        }
    }

    @PreDestroy
    void stop() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (!catalog.current()) {
                Thread.sleep(AGAIN);
            }
            for (var lattice : settings.lattices()) {
                untilDone(new LatticeName(lattice));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void untilDone(LatticeName lattice) throws InterruptedException {
        while (true) {
            try {
                imports.run(lattice, false, "import at start")
                        .apps()
                        .forEach(app -> say(lattice, app));
                return;
            } catch (StoreUnavailableException away) {
                log.atWarn()
                        .addKeyValue("lattice", lattice)
                        .setCause(away)
                        .log("import waits for the store");
                Thread.sleep(AGAIN);
            }
        }
    }

    private static void say(LatticeName lattice, ImportReport.App app) {
        var line = app.action() == ImportReport.Action.CONFLICT ? log.atWarn() : log.atInfo();
        line.addKeyValue("lattice", lattice)
                .addKeyValue("manifest", app.name())
                .addKeyValue("action", app.action().word())
                .addKeyValue("message", app.message())
                .log("import at start");
    }
}
