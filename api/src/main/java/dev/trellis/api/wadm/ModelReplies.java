package dev.trellis.api.wadm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.view.Json;
import java.util.Optional;

/** The replies' shapes. Stock clients fail on a reply without a member that is written here. */
final class ModelReplies {
    private ModelReplies() {}

    static ObjectNode error(String message) {
        return result("error", message);
    }

    static ObjectNode notFound(String app) {
        return result("notfound", noApp(app));
    }

    static String noApp(String app) {
        return "Application with the name " + app + " not found";
    }

    static ObjectNode result(String result, String message) {
        return Json.object().put("result", result).put("message", message);
    }

    /** To a put. */
    static ObjectNode stored(
            boolean onlyVersion, String name, String version, int versions, String message) {
        return result(onlyVersion ? "created" : "newversion", message)
                .put("name", name)
                .put("current_version", version)
                .put("total_versions", versions);
    }

    /** To a deploy or undeploy. */
    static ObjectNode deploy(String result, String message, String name, Optional<String> version) {
        return result(result, message).put("name", name).put("version", version.orElse(null));
    }

    /** To a delete. */
    static ObjectNode deleted(String result, String message, boolean undeploy) {
        return result(result, message).put("undeploy", undeploy);
    }

    /** To a question for versions. */
    static ObjectNode versions(String result, String message, ArrayNode versions) {
        var reply = result(result, message);
        reply.set("versions", versions);
        return reply;
    }
}
