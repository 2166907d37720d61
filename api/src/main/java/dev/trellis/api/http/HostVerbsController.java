package dev.trellis.api.http;

import dev.trellis.api.ask.Question;
import dev.trellis.api.store.LatticeRepository;
import dev.trellis.api.store.LatticeRepository.Marked;
import dev.trellis.api.view.HostView;
import dev.trellis.api.view.Json;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is asked of one host. */
@Controller("/api/v1/lattices/{lattice}/hosts/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Idempotent
@Consumes(MediaType.ALL)
@Tag(name = "Lattices and hosts")
public class HostVerbsController {
    private final LatticeRepository lattices;
    private final Replies replies;
    private final VerbHistory history;

    HostVerbsController(LatticeRepository lattices, Replies replies, VerbHistory history) {
        this.lattices = lattices;
        this.replies = replies;
        this.history = history;
    }

    @Post("/cordon")
    @Operation(summary = "Cordons a host", description = "It keeps what it has, and gets nothing.")
    HttpResponse<String> cordon(
            HttpRequest<?> request, String lattice, String id, @Body @Nullable String body) {
        var in = Read.lattice(lattice);
        var host = Read.host(id);
        var reason = Read.reason(request, body);
        known(in, host);
        var marked = lattices.cordon(in, host, By.of(request), reason);
        tell(request, in, host, reason, "cordon", marked);
        return answer(HttpStatus.OK, host, marked);
    }

    @Post("/drain")
    @Operation(
            summary = "Drains a host",
            description =
                    "It gets nothing, and its work moves away within the disruption budgets."
                            + " 202: recorded. 200: it is draining already.")
    HttpResponse<String> drain(
            HttpRequest<?> request, String lattice, String id, @Body @Nullable String body) {
        var in = Read.lattice(lattice);
        var host = Read.host(id);
        var reason = Read.reason(request, body);
        known(in, host);
        var marked = lattices.drain(in, host, By.of(request), reason);
        tell(request, in, host, reason, "drain", marked);
        return answer(marked.changed() ? HttpStatus.ACCEPTED : HttpStatus.OK, host, marked);
    }

    /** Also of a host that is away: its mark may have to go before it comes back. */
    @Post("/uncordon")
    @Operation(summary = "Takes a host into use again", description = "Ends cordon and drain.")
    HttpResponse<String> uncordon(
            HttpRequest<?> request, String lattice, String id, @Body @Nullable String body) {
        var in = Read.lattice(lattice);
        var host = Read.host(id);
        var reason = Read.reason(request, body);
        var marked = lattices.uncordon(in, host);
        if (!marked.changed()) {
            known(in, host);
        }
        tell(request, in, host, reason, "uncordon", marked);
        return answer(HttpStatus.OK, host, marked);
    }

    private void known(LatticeName lattice, HostId host) {
        var _ =
                replies.ask(
                        lattice,
                        new Question.Host(host.value()),
                        Replies.noHost(lattice, host.value()));
    }

    private void tell(
            HttpRequest<?> request,
            LatticeName lattice,
            HostId host,
            String reason,
            String verb,
            Marked marked) {
        if (marked.changed()) {
            history.host(request, lattice, host, reason, verb + " " + host);
        }
    }

    private static HttpResponse<String> answer(HttpStatus status, HostId host, Marked marked) {
        var json = Json.object().put("id", host.value());
        marked.mark().ifPresent(mark -> HostView.mark(json, mark));
        return Replies.json(status, json);
    }
}
