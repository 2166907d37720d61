package dev.trellis.api.http;

import io.micronaut.core.io.ResourceResolver;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.types.files.StreamedFile;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * The document of the API, made when it was compiled, and the page that shows it, which loads
 * nothing from elsewhere.
 */
@Controller
@Hidden
public class DocumentController {
    private static final String FOLDER = "classpath:META-INF/swagger/";
    private static final Pattern FILE = Pattern.compile("(res/)?[A-Za-z0-9-]+\\.[a-z0-9]+");

    private final ResourceResolver resources;
    private final OpenApi document;

    DocumentController(ResourceResolver resources, OpenApi document) {
        this.resources = resources;
        this.document = document;
    }

    @Get("/openapi.yaml")
    @Produces(Documents.YAML)
    HttpResponse<String> document() {
        return HttpResponse.ok(document.text()).contentType(MediaType.of(Documents.YAML));
    }

    @Get("/swagger-ui")
    HttpResponse<String> page() {
        return HttpResponse.redirect(URI.create("/swagger-ui/index.html"));
    }

    @Get("/swagger-ui/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<StreamedFile> page(String path) {
        if (!FILE.matcher(path).matches()) {
            throw missing(path).toException();
        }
        return file("views/swagger-ui/" + path, MediaType.forFilename(path));
    }

    private HttpResponse<StreamedFile> file(String name, MediaType type) {
        return resources
                .getResource(FOLDER + name)
                .map(url -> HttpResponse.ok(new StreamedFile(url)).contentType(type))
                .orElseThrow(() -> missing(name).toException());
    }

    private static Problem missing(String name) {
        return Problem.notFound("NotFound", "no file " + name);
    }
}
