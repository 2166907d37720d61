package dev.trellis.manifest.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.Manifest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ManifestWriterTest {

    private static final String SMALL =
            """
            {"apiVersion":"core.oam.dev/v1beta1","kind":"Application",\
            "metadata":{"name":"shop","annotations":{"version":"v1"}},\
            "spec":{"components":[{"name":"api","type":"component",\
            "properties":{"image":"r/api:1"}}]}}\
            """;

    @Test
    void whatWasNotGivenIsLeftOut() {
        assertThat(json(read(SMALL))).isEqualTo(SMALL);
    }

    @Test
    void emptyListsCountAsNotGiven() {
        var given =
                SMALL.replace("\"r/api:1\"", "\"r/api:1\",\"config\":[],\"secrets\":[]")
                        .replace("}}]}}", "},\"traits\":[]}],\"policies\":[]}}");

        assertThat(json(read(given))).isEqualTo(SMALL);
    }

    @Test
    void stockClientsFindAnnotationsAndRequirementsAlsoWhenEmpty() {
        var manifest =
                read(
                        SMALL.replace(",\"annotations\":{\"version\":\"v1\"}", "")
                                .replace(
                                        "}}]}}",
                                        "},\"traits\":[{\"type\":\"spreadscaler\",\"properties\":"
                                                + "{\"instances\":1,\"spread\":[{\"name\":\"x\"}]}}]}]}}"));

        assertThat(json(manifest))
                .contains("\"annotations\":{}", "{\"name\":\"x\",\"requirements\":{}}");
    }

    @Test
    void olderSpellingsAreWrittenInTheNewOne() {
        var manifest =
                GoodDocumentsTest.read(
                        Samples.bytes(
                                Path.of("src/test/resources/documents/good/older-spelling.yaml")),
                        Format.YAML);

        assertThat(json(manifest))
                .contains("\"type\":\"component\"", "\"instances\":3")
                .contains(
                        "\"source\":{\"config\":[{\"name\":\"port\",\"properties\":{\"port\":\"8080\"}}]}")
                .contains("\"target\":{\"name\":\"echo\",\"config\":[{\"name\":\"external-one\"}]}")
                .doesNotContain("actor", "replicas", "source_config", "target_config");
    }

    @Test
    void aPlainWordThatIsNoTextIsQuotedInYaml() {
        var words =
                "\"a\":\"yes\",\"b\":\"010\",\"c\":\"true\",\"d\":\"1.0\",\"e\":\"~\",\"f\":\" x\"";
        var manifest =
                read(
                        SMALL.replace(
                                "\"r/api:1\"",
                                "\"r/api:1\",\"config\":[{\"name\":\"c\",\"properties\":{"
                                        + words
                                        + ",\"true\":\"k\",\"12\":\"k\",\"\":\"k\",\"a: b\":\"#\"}}]"));

        assertThat(GoodDocumentsTest.read(ManifestWriter.yaml(manifest), Format.YAML))
                .isEqualTo(manifest);
    }

    @Test
    void otherContentHasAnotherHash() {
        assertThat(ManifestWriter.hash(read(SMALL.replace("api:1", "api:2"))))
                .isNotEqualTo(ManifestWriter.hash(read(SMALL)));
    }

    @Test
    void theHashIsTheSameOnEveryMachineAndInEveryRelease() {
        assertThat(ManifestWriter.hash(read(SMALL)))
                .isEqualTo(
                        "sha256:79512a97ef60243634a018f48669f1eefa5fc2ccc152e9ad2a8482a3f709e416");
    }

    @Test
    void theOrderOfFieldsIsNoContent() {
        var nested =
                "{\"name\":\"p\",\"type\":\"t\",\"properties\":{\"a\":1,\"b\":{\"c\":2,\"d\":[3]}}}";
        var turned =
                "{\"properties\":{\"b\":{\"d\":[3],\"c\":2},\"a\":1},\"type\":\"t\",\"name\":\"p\"}";

        assertThat(ManifestWriter.hash(read(withPolicy(nested))))
                .isEqualTo(ManifestWriter.hash(read(withPolicy(turned))));
    }

    private static String withPolicy(String policy) {
        return SMALL.replace("}}]}}", "}}],\"policies\":[" + policy + "]}}");
    }

    private static Manifest read(String document) {
        return GoodDocumentsTest.read(document.getBytes(StandardCharsets.UTF_8), Format.JSON);
    }

    private static String json(Manifest manifest) {
        return new String(ManifestWriter.json(manifest), StandardCharsets.UTF_8);
    }
}
