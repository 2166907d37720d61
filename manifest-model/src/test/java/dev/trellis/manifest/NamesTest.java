package dev.trellis.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "hello-app, httpserver, hello_app-httpserver",
        "mymodel, echo-component, mymodel-echo_component",
        "My ThInG, thing.wasm, my_thing-thing_wasm",
        "a, b_2, a-b_2",
        "a, Größe, a-gr__e",
        "a, x😀y, a-x_y",
    })
    void aGeneratedIdJoinsTheTwoNamesAndKeepsOnlyPlainCharacters(
            String app, String component, String id) {
        assertThat(Names.componentId(app, image(component, Optional.empty()))).isEqualTo(id);
        assertThat(Names.configName(app, component)).isEqualTo(id);
        assertThat(Names.secretName(app, component)).isEqualTo("SECRET_" + id);
    }

    @Test
    void anIdThatIsGivenIsUsedAsItIs() {
        assertThat(Names.componentId("app", image("a", Optional.of("My-ID")))).isEqualTo("My-ID");
    }

    @Test
    void aComponentOfASharedApplicationHasTheIdItHasThere() {
        var shared =
                new Component(
                        "db",
                        Component.Kind.CAPABILITY,
                        new Source.Shared("shared-db", "postgres"),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of());

        assertThat(Names.componentId("front", shared)).isEqualTo("shared_db-postgres");
    }

    private static Component image(String name, Optional<String> id) {
        return new Component(
                name,
                Component.Kind.COMPONENT,
                new Source.Image("r"),
                id,
                List.of(),
                List.of(),
                List.of());
    }
}
