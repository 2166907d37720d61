package dev.trellis.api.wadm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * What stock clients fail on: wash 0.43 (wadm-types 0.8.3) and the operator 0.5.1 (wadm-types
 * 0.2.0), which needs more and knows fewer words.
 */
final class Shapes {
    private static final Set<String> OLD_WORDS =
            Set.of("undeployed", "reconciling", "deployed", "failed");
    private static final Set<String> WORDS =
            Set.of("undeployed", "reconciling", "deployed", "failed", "waiting", "unhealthy");

    private Shapes() {}

    /** {@code rest}: the subject behind the prefix. */
    static void check(String rest, JsonNode reply) {
        var tokens = rest.split("\\.", -1);
        if (tokens.length > 2 && tokens[1].equals("model") && tokens[2].equals("list")) {
            if (tokens.length == 3) {
                assertThat(reply.isArray()).as("bare array: %s", reply).isTrue();
                reply.forEach(Shapes::summary);
                return;
            }
        }
        assertThat(reply.isObject()).as("%s: %s", rest, reply).isTrue();
        text(reply, "result");
        assertThat(reply.path("message").isTextual()).as("message: %s", reply).isTrue();
        boolean error = reply.path("result").asText().equals("error");
        if (tokens.length < 3 || tokens.length > 4 || !tokens[1].equals("model")) {
            assertThat(error).as("%s: %s", rest, reply).isTrue();
            return;
        }
        var words =
                switch (tokens[2]) {
                    case "put" -> Set.of("created", "newversion", "error");
                    case "get" -> Set.of("success", "notfound", "error");
                    case "versions" -> Set.of("success", "notfound", "error");
                    case "del" -> Set.of("deleted", "noop", "error");
                    case "deploy", "undeploy" -> Set.of("acknowledged", "notfound", "error");
                    case "status" -> Set.of("ok", "notfound", "error");
                    default -> Set.of("error");
                };
        assertThat(words).as("%s: %s", rest, reply).contains(reply.path("result").asText());
        if (!error) {
            members(tokens, reply);
        }
    }

    private static void members(String[] tokens, JsonNode reply) {
        boolean found = !reply.path("result").asText().equals("notfound");
        switch (tokens[2]) {
            case "put" -> {
                text(reply, "name");
                text(reply, "current_version");
                assertThat(reply.path("total_versions").isInt()).as("%s", reply).isTrue();
            }
            case "get" -> {
                if (tokens.length == 3) {
                    assertThat(reply.path("models").isArray()).as("%s", reply).isTrue();
                    reply.path("models").forEach(Shapes::summary);
                } else if (found) {
                    manifest(reply.path("manifest"));
                } else {
                    assertThat(reply.has("manifest")).as("%s", reply).isFalse();
                }
            }
            case "versions" -> {
                assertThat(reply.path("versions").isArray()).as("%s", reply).isTrue();
                for (var version : reply.path("versions")) {
                    text(version, "version");
                    assertThat(version.path("deployed").isBoolean()).as("%s", reply).isTrue();
                }
            }
            case "del" -> assertThat(reply.path("undeploy").isBoolean()).as("%s", reply).isTrue();
            case "deploy", "undeploy" -> {
                text(reply, "name");
                assertThat(reply.has("version")).as("%s", reply).isTrue();
            }
            case "status" -> {
                if (found) {
                    status(reply.path("status"), OLD_WORDS);
                }
            }
            default -> {}
        }
    }

    static void summary(JsonNode summary) {
        text(summary, "name");
        text(summary, "version");
        assertThat(summary.has("description")).as("%s", summary).isTrue();
        assertThat(summary.has("deployed_version")).as("%s", summary).isTrue();
        assertThat(OLD_WORDS).as("%s", summary).contains(summary.path("status").asText());
        assertThat(summary.path("status_message").isTextual()).as("%s", summary).isTrue();
        status(summary.path("detailed_status"), WORDS);
    }

    static void status(JsonNode status, Set<String> words) {
        info(status.path("status"), words);
        assertThat(status.path("version").isTextual()).as("%s", status).isTrue();
        assertThat(status.path("components").isArray()).as("%s", status).isTrue();
        assertThat(status.has("trellis")).as("%s", status).isFalse();
        assertThat(status.has("scalers") && status.path("scalers").isEmpty()).isFalse();
        for (var scaler : status.path("scalers")) {
            text(scaler, "id");
            text(scaler, "name");
            assertThat(Set.of("SpreadScaler", "DaemonScaler", "LinkScaler"))
                    .contains(scaler.path("kind").asText());
            info(scaler.path("status"), WORDS);
        }
    }

    private static void info(JsonNode info, Set<String> words) {
        assertThat(words).as("%s", info).contains(info.path("type").asText());
        assertThat(!info.has("message") || info.path("message").isTextual()).isTrue();
    }

    private static void manifest(JsonNode manifest) {
        text(manifest, "apiVersion");
        text(manifest, "kind");
        var metadata = manifest.path("metadata");
        text(metadata, "name");
        text(metadata.path("annotations"), "version");
        assertThat(manifest.path("spec").path("components").isArray()).isTrue();
        for (var component : manifest.path("spec").path("components")) {
            text(component, "name");
            text(component, "type");
            for (var trait : component.path("traits")) {
                for (var spread : trait.path("properties").path("spread")) {
                    if (trait.path("type").asText().endsWith("scaler")) {
                        assertThat(spread.path("requirements").isObject()).isTrue();
                    }
                }
            }
        }
    }

    private static void text(JsonNode json, String member) {
        assertThat(json.path(member).asText()).as("%s of %s", member, json).isNotEmpty();
        assertThat(json.path(member).isTextual()).as("%s of %s", member, json).isTrue();
    }
}
