package dev.trellis.manifest;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A setting for the application as a whole, such as a secrets backend or a rollout.
 *
 * @param properties an object, as written; not to be modified
 */
public record Policy(String name, String type, JsonNode properties) {

    /** Type of a policy that names a secrets backend. */
    public static final String SECRET_TYPE = "policy.secret.wasmcloud.dev/v1alpha1";

    public Policy {
        properties = properties.deepCopy();
    }
}
