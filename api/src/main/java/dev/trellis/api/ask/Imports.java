package dev.trellis.api.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.store.WadmImport;
import dev.trellis.api.view.ImportView;
import dev.trellis.scheduler.observe.LatticeName;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Imports a lattice where it is owned, so that what runs there can be looked at. */
@Singleton
public final class Imports {
    private static final Logger log = LoggerFactory.getLogger(Imports.class);

    private final Provider<WadmImport> imports;
    private final Provider<Predecessor> predecessor;

    Imports(Provider<WadmImport> imports, Provider<Predecessor> predecessor) {
        this.imports = imports;
        this.predecessor = predecessor;
    }

    /**
     * Imports it and ends the passive state, unless it is a dry run.
     *
     * @return in the shape of the HTTP API
     */
    public ObjectNode run(LatticeName lattice, boolean dryRun, String by) {
        var wadm = predecessor.get();
        boolean answers = wadm.answers();
        var report = imports.get().run(lattice, dryRun, by);
        if (!dryRun) {
            if (answers) {
                log.atWarn()
                        .addKeyValue("lattice", lattice)
                        .log("imported while a wadm still answers here: stop it, or both act");
            }
            wadm.replaced();
        }
        return ImportView.of(lattice, report, answers);
    }
}
