package dev.trellis.api.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.scheduler.decide.Explanation;
import java.util.List;

/** Why an app is as it is. */
public final class ExplainView {
    private ExplainView() {}

    public static ObjectNode of(Explanation explanation) {
        var json =
                Json.object()
                        .put("app", explanation.app().value())
                        .put("version", explanation.version());
        var components = json.putArray("components");
        explanation.components().forEach(component -> components.add(component(component)));
        explanation.host().ifPresent(host -> json.set("host", host(host)));
        return json;
    }

    private static ObjectNode component(Explanation.ComponentExplanation component) {
        var json =
                Json.object()
                        .put("component", component.component())
                        .put("wanted", component.wanted())
                        .put("placed", component.placed());
        var spreads = json.putArray("spreads");
        component.spreads().forEach(spread -> spreads.add(spread(spread)));
        var skews = json.putArray("skew");
        component.skew().forEach(skew -> skews.add(skew(skew)));
        var moves =
                json.putObject("moves")
                        .put("forced", component.moves().forced())
                        .put("voluntary", component.moves().voluntary())
                        .put("suppressed", component.moves().suppressed());
        if (!component.moves().why().isEmpty()) {
            moves.put("why", component.moves().why());
        }
        return json;
    }

    private static ObjectNode spread(Explanation.SpreadExplanation spread) {
        var json =
                Json.object()
                        .put("name", spread.name())
                        .put("weight", spread.weight())
                        .put("target", spread.target())
                        .put("placed", spread.placed())
                        .put("hostsTotal", spread.hostsTotal())
                        .put("eligible", spread.eligible());
        var filtered = json.putObject("filtered");
        spread.filtered().forEach(filtered::put);
        var exhausted = json.putObject("exhausted");
        spread.exhausted().forEach(exhausted::put);
        texts(json.putArray("binding"), spread.binding());
        texts(json.putArray("wouldFitIf"), spread.wouldFitIf());
        return json;
    }

    private static ObjectNode skew(Explanation.SkewExplanation skew) {
        var json = Json.object().put("key", skew.key());
        if (!skew.spread().isEmpty()) {
            json.put("spread", skew.spread());
        }
        json.put("value", skew.value()).put("max", skew.max());
        texts(json.putArray("fullValues"), skew.fullValues());
        return json;
    }

    private static ObjectNode host(Explanation.HostExplanation host) {
        var json = Json.object().put("id", host.id().value());
        host.target().ifPresent(target -> json.set("target", target(target)));
        var components = json.putArray("components");
        for (var component : host.components()) {
            components
                    .addObject()
                    .put("component", component.component())
                    .put("eligible", component.eligible())
                    .put("wanted", component.wanted())
                    .put("running", component.running())
                    .put("reason", component.reason());
        }
        return json;
    }

    private static ObjectNode target(Explanation.HostTarget target) {
        var json = Json.object().put("version", target.version());
        Json.put(json, "stage", target.stage());
        if (!target.alsoMatches().isEmpty()) {
            texts(json.putArray("alsoMatches"), target.alsoMatches());
        }
        return json.put("reason", target.reason());
    }

    private static void texts(ArrayNode json, List<String> texts) {
        texts.forEach(json::add);
    }
}
