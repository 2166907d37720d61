package dev.trellis.api.wadm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.api.wadm.ModelSubject.Operation;
import dev.trellis.scheduler.observe.LatticeName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelSubjectTest {
    @ParameterizedTest
    @CsvSource({
        "default.model.put,PUT,''",
        "default.model.list,LIST,''",
        "default.model.get,GET_ALL,''",
        "default.model.get.shop,GET,shop",
        "default.model.versions.shop,VERSIONS,shop",
        "default.model.del.shop,DEL,shop",
        "default.model.deploy.shop,DEPLOY,shop",
        "default.model.undeploy.shop,UNDEPLOY,shop",
        "default.model.status.shop,STATUS,shop",
        "default.model.history.shop,HISTORY,shop"
    })
    void a52TheSubjectsAreTheDocumentedOnes(String subject, Operation operation, String name) {
        assertThat(ModelSubject.parse(subject))
                .isEqualTo(new ModelSubject.Known(new LatticeName("default"), operation, name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default.model.get_all",
                "default.model.PUT",
                "default.model.put.shop",
                "default.model.list.shop",
                "default.model.deploy",
                "default.model.deploy.",
                "default.models.list"
            })
    void aWrongOperationOrNumberOfNamesIsUnsupported(String subject) {
        assertThat(ModelSubject.parse(subject)).isEqualTo(new ModelSubject.Unsupported());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "default", "default.model", "a b.model.list", "d.model.get.a.b"})
    void whatHasNotTheFormIsInvalid(String subject) {
        assertThat(ModelSubject.parse(subject)).isInstanceOf(ModelSubject.Invalid.class);
    }
}
