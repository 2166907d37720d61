package dev.trellis.api.store;

import dev.trellis.scheduler.rollout.StageApproval;
import java.time.Instant;

/** The value of {@code approval.<lattice>.<app>.<rollout>.<stage>}. */
final class ApprovalJson {
    private ApprovalJson() {}

    static byte[] write(StageApproval approval) {
        return StoreJson.bytes(
                StoreJson.MAPPER
                        .createObjectNode()
                        .put("by", approval.by())
                        .put("at", approval.at().toString())
                        .put("reason", approval.reason()));
    }

    static StageApproval read(byte[] value) {
        var json = StoreJson.parse(value);
        return new StageApproval(
                json.path("by").asText(),
                Instant.parse(json.path("at").asText()),
                json.path("reason").asText());
    }
}
