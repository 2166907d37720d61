package dev.trellis.api.http;

import dev.trellis.api.ask.Question;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hosts, as the owner of the lattice sees them. */
@Controller("/api/v1/lattices/{lattice}/hosts")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Lattices and hosts")
public class HostsController {
    private final Replies replies;

    HostsController(Replies replies) {
        this.replies = replies;
    }

    @Get
    @Operation(summary = "Lists hosts", description = "By id, in pages.")
    HttpResponse<String> list(
            String lattice,
            @QueryValue @Nullable String label,
            @QueryValue @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        var name = Read.lattice(lattice);
        var question = new Question.Hosts(Optional.ofNullable(label), Read.page(limit, cursor));
        var unknown = Problem.notFound("LatticeNotFound", "no lattice " + name);
        return Replies.ok(replies.ask(name, question, unknown));
    }

    @Get("/{id}")
    @Operation(summary = "Tells about one host")
    HttpResponse<String> one(String lattice, String id) {
        var name = Read.lattice(lattice);
        var host = Read.host(id).value();
        return Replies.ok(replies.ask(name, new Question.Host(host), Replies.noHost(name, host)));
    }
}
