package dev.trellis.manifest.check;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Policy;
import dev.trellis.manifest.SecretRef;
import java.util.HashMap;
import java.util.Map;

/** A secret names a policy of the secret type, and that one a backend. */
final class SecretPoliciesCheck implements Check {

    @Override
    public void run(Manifest manifest, Findings findings) {
        var policies = new HashMap<String, Policy>();
        manifest.policies().forEach(policy -> policies.putIfAbsent(policy.name(), policy));
        Uses.secrets(manifest, (path, secret) -> check(path, secret, policies, findings));
    }

    private static void check(
            String path, SecretRef secret, Map<String, Policy> policies, Findings findings) {
        if (secret.policy().isEmpty()) {
            return;
        }
        var policy = policies.get(secret.policy());
        var start =
                "the secret "
                        + Quote.of(secret.name())
                        + " names the policy "
                        + Quote.of(secret.policy())
                        + ", which ";
        String wrong = "";
        if (policy == null) {
            wrong =
                    start
                            + "is not under spec.policies; add it there"
                            + Nearest.hint(secret.policy(), policies.keySet());
        } else if (!policy.type().isEmpty() && !policy.type().equals(Policy.SECRET_TYPE)) {
            wrong =
                    start
                            + "is of type "
                            + Quote.of(policy.type())
                            + ", expected "
                            + Policy.SECRET_TYPE;
        } else if (policy.properties().path("backend").asText("").isEmpty()) {
            wrong = start + "has no backend; add properties.backend to the policy";
        }
        if (!wrong.isEmpty()) {
            findings.error(path + ".properties.policy", Rule.INVALID_POLICY, wrong);
        }
    }
}
