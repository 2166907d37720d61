package dev.trellis.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.ask.Overviews;
import dev.trellis.api.store.AppCatalog;
import dev.trellis.api.store.LatticeRepository;
import dev.trellis.api.view.Json;
import dev.trellis.api.view.LimitsView;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.LatticeOwner;
import dev.trellis.scheduler.port.Passive;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Lattices seen or wanted. */
@Controller("/api/v1/lattices")
@ExecuteOn(TaskExecutors.BLOCKING)
@Idempotent
@Tag(name = "Lattices and hosts")
public class LatticesController {
    private final AppCatalog catalog;
    private final LatticeRepository lattices;
    private final Summaries summaries;
    private final LatticeOwner loops;
    private final Passive passive;
    private final Overviews overviews;
    private final VerbHistory history;
    private final Replies replies;

    LatticesController(
            AppCatalog catalog,
            LatticeRepository lattices,
            Summaries summaries,
            LatticeOwner loops,
            Passive passive,
            Overviews overviews,
            VerbHistory history,
            Replies replies) {
        this.catalog = catalog;
        this.lattices = lattices;
        this.summaries = summaries;
        this.loops = loops;
        this.passive = passive;
        this.overviews = overviews;
        this.history = history;
        this.replies = replies;
    }

    @Get
    @Operation(summary = "Lists lattices", description = "By name, in pages.")
    HttpResponse<String> list(
            @QueryValue @Nullable String limit, @QueryValue @Nullable String cursor) {
        var page = Read.page(limit, cursor);
        var all = List.copyOf(known());
        var seen = overviews.of(page.slice(all, LatticeName::value));
        return Replies.ok(
                page.of(
                        all,
                        LatticeName::value,
                        name -> view(name, seen.getOrDefault(name, Json.object()))));
    }

    @Get("/{lattice}")
    @Operation(summary = "Tells about one lattice")
    HttpResponse<String> one(String lattice) {
        var name = Read.lattice(lattice);
        if (!known().contains(name)) {
            throw Problem.notFound("LatticeNotFound", "no lattice " + name).toException();
        }
        var json = view(name, overviews.of(List.of(name)).getOrDefault(name, Json.object()));
        json.set("limits", LimitsView.of(catalog.limits(name)));
        return Replies.ok(json);
    }

    @Post("/{lattice}/hold")
    @Consumes(MediaType.ALL)
    @Operation(summary = "Observes and says, sends nothing in this lattice")
    HttpResponse<String> hold(HttpRequest<?> request, String lattice, @Body @Nullable String body) {
        var name = Read.lattice(lattice);
        var reason = Read.reason(request, body);
        var held = lattices.hold(name, By.of(request), reason);
        if (held.changed()) {
            history.lattice(request, name, reason, "hold");
        }
        var json = Json.object().put("lattice", lattice);
        Json.hold(json, held.stored().limits().hold());
        return Replies.ok(json);
    }

    @Post("/{lattice}/release")
    @Consumes(MediaType.ALL)
    @Operation(summary = "Goes on")
    HttpResponse<String> release(
            HttpRequest<?> request, String lattice, @Body @Nullable String body) {
        var name = Read.lattice(lattice);
        var reason = Read.reason(request, body);
        if (lattices.release(name).changed()) {
            history.lattice(request, name, reason, "release");
        }
        return Replies.ok(Json.object().put("lattice", lattice));
    }

    private Set<LatticeName> known() {
        replies.awaitCatalog(catalog);
        var names = new TreeSet<>(catalog.lattices());
        names.addAll(loops.known());
        return names;
    }

    /** Without what only the owner knows, while it can't be reached. */
    private ObjectNode view(LatticeName lattice, ObjectNode seen) {
        var json = Json.object().put("name", lattice.value());
        json.setAll(seen);
        json.put("passive", passive.isPassive());
        var phases = new TreeMap<String, Integer>();
        catalog.apps(lattice)
                .forEach(app -> phases.merge(summaries.phase(app.record()), 1, Integer::sum));
        var counts = json.putObject("apps");
        phases.forEach(counts::put);
        Json.hold(json, catalog.limits(lattice).hold());
        return json;
    }
}
