package dev.trellis.api.http;

import dev.trellis.api.ApiSettings;
import io.micronaut.http.HttpRequest;
import io.nats.client.Connection;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Says at once that NATS is away, on every call that is about lattices: what is in memory here may
 * be old, and nothing that is asked could be stored.
 */
@Singleton
final class NatsAway {
    private static final String NEEDS_NATS = "/api/v1/lattices";

    private final Connection nats;
    private final ApiSettings settings;

    NatsAway(Connection nats, ApiSettings settings) {
        this.nats = nats;
        this.settings = settings;
    }

    Optional<Problem> check(HttpRequest<?> request) {
        return nats.getStatus() == Connection.Status.CONNECTED
                        || !request.getPath().startsWith(NEEDS_NATS)
                ? Optional.empty()
                : Optional.of(Problem.storeUnavailable(settings.retryAfter()));
    }
}
