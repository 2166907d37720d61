package dev.trellis.api;

import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a part says that it cannot do its work any more and does not come back by itself: the
 * process is then to end with a status other than 0, so that whoever watches it starts another.
 */
@Singleton
public final class Lifeline {
    private static final Logger log = LoggerFactory.getLogger(Lifeline.class);

    private final CompletableFuture<String> cut = new CompletableFuture<>();

    /** Ends the process soon; {@code reason} is for its log. */
    public void cut(String reason) {
        if (cut.complete(reason)) {
            log.atError().addKeyValue("reason", reason).log("Trellis can't go on and ends");
        }
    }

    /** Completes with the reason once it is cut. */
    public CompletionStage<String> whenCut() {
        return cut.minimalCompletionStage();
    }
}
