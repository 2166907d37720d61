package dev.trellis.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.ask.Imports;
import dev.trellis.api.ask.Question;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.LatticeOwner;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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

/** Takes over from wadm. */
@Controller("/api/v1/lattices/{lattice}/import")
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.ALL)
@Tag(name = "Lattices and hosts")
public class ImportController {
    private final Replies replies;
    private final Imports imports;
    private final LatticeOwner loops;
    private final VerbHistory history;

    ImportController(Replies replies, Imports imports, LatticeOwner loops, VerbHistory history) {
        this.replies = replies;
        this.imports = imports;
        this.loops = loops;
        this.history = history;
    }

    @Post
    @Operation(
            summary = "Takes over apps, versions and running workloads from wadm's bucket",
            description =
                    "Nothing is restarted, wadm's bucket is not changed, and a second import does"
                            + " nothing. Ends the passive state. With dryRun it only says what it"
                            + " would do.")
    HttpResponse<String> run(HttpRequest<?> request, String lattice, @Body @Nullable String body) {
        var name = Read.lattice(lattice);
        boolean dryRun = Read.body(request, body, b -> b.flag("dryRun"));
        var json = ask(name, new Question.Import(dryRun, By.of(request)));
        if (!dryRun) {
            history.lattice(request, name, "", "import");
        }
        return Replies.ok(json);
    }

    /** A lattice without hosts and apps is nobody's: there is nothing to look at. */
    private ObjectNode ask(LatticeName lattice, Question.Import question) {
        return loops.known().contains(lattice)
                ? replies.ask(
                        lattice,
                        question,
                        Problem.notFound("LatticeNotFound", "no lattice " + lattice))
                : imports.run(lattice, question.dryRun(), question.by());
    }
}
