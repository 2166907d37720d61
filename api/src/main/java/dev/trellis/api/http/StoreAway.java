package dev.trellis.api.http;

import dev.trellis.api.ApiSettings;
import dev.trellis.scheduler.port.StoreUnavailableException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** NATS is away: try again. */
@Singleton
final class StoreAway
        implements ExceptionHandler<StoreUnavailableException, MutableHttpResponse<String>> {
    private static final Logger log = LoggerFactory.getLogger(StoreAway.class);

    private final ApiSettings settings;

    StoreAway(ApiSettings settings) {
        this.settings = settings;
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface's own signature
    public MutableHttpResponse<String> handle(HttpRequest request, StoreUnavailableException away) {
        log.atWarn().addKeyValue("reason", away.getMessage()).log("store unavailable");
        return Problem.storeUnavailable(settings.retryAfter()).response();
    }
}
