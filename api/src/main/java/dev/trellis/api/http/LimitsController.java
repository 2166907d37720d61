package dev.trellis.api.http;

import dev.trellis.api.store.LatticeRepository;
import dev.trellis.api.store.LatticeRepository.LimitsResult;
import dev.trellis.api.store.LatticeRepository.StoredLimits;
import dev.trellis.api.view.LimitsView;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The ceilings of a lattice. */
@Controller("/api/v1/lattices/{lattice}/limits")
@ExecuteOn(TaskExecutors.BLOCKING)
@Idempotent
@Tag(name = "Lattices and hosts")
public class LimitsController {
    private final LatticeRepository lattices;
    private final VerbHistory history;

    LimitsController(LatticeRepository lattices, VerbHistory history) {
        this.lattices = lattices;
        this.history = history;
    }

    @Get
    @Operation(summary = "Tells the limits of a lattice")
    HttpResponse<String> limits(HttpRequest<?> request, String lattice) {
        var stored = lattices.limits(Read.lattice(lattice));
        var tag = Read.etag(stored.revision());
        return tag.equals(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH))
                ? HttpResponse.<String>notModified().header(HttpHeaders.ETAG, tag)
                : answer(stored);
    }

    @Put
    @Consumes(Documents.JSON)
    @Operation(
            summary = "Replaces the limits of a lattice",
            description = "All of them: what is absent is not limited, and not held, any more.")
    HttpResponse<String> put(HttpRequest<?> request, String lattice, @Body @Nullable String body) {
        var name = Read.lattice(lattice);
        var now = Instant.now();
        var limits = Read.body(request, body, b -> LimitsBody.read(b, By.of(request), now));
        return switch (lattices.put(name, limits, Read.precondition(request))) {
            case LimitsResult.PreconditionFailed() ->
                    throw Problem.preconditionFailed().toException();
            case LimitsResult.Put(var stored, boolean changed) -> {
                if (changed) {
                    history.lattice(request, name, "", "limits " + LimitsView.of(stored.limits()));
                }
                yield answer(stored);
            }
        };
    }

    private static HttpResponse<String> answer(StoredLimits stored) {
        return Replies.tagged(Replies.ok(LimitsView.of(stored.limits())), stored.revision());
    }
}
