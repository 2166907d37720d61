package dev.trellis.api.wadm;

import dev.trellis.scheduler.observe.LatticeName;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a subject of the API asks for: {@code wadm.api.<lattice>.model.<operation>[.<name>]}. */
sealed interface ModelSubject {
    /**
     * @param name of the app, as it stands in the subject; empty for the operations that have none
     */
    record Known(LatticeName lattice, Operation operation, String name) implements ModelSubject {}

    /** There is no such category or operation, or a name is missing or too many. */
    record Unsupported() implements ModelSubject {}

    /** It has not the form of a subject of the API. */
    record Invalid(String why) implements ModelSubject {}

    /** What can be asked for. */
    enum Operation {
        PUT("put", false),
        LIST("list", false),
        GET_ALL("get", false),
        GET("get", true),
        VERSIONS("versions", true),
        DEL("del", true),
        DEPLOY("deploy", true),
        UNDEPLOY("undeploy", true),
        STATUS("status", true),
        HISTORY("history", true);

        private final String word;
        private final boolean named;

        Operation(String word, boolean named) {
            this.word = word;
            this.named = named;
        }

        /** As subjects have it. */
        String word() {
            return word;
        }

        private static Optional<Operation> of(String word, boolean named) {
            return Arrays.stream(values())
                    .filter(o -> o.named == named && o.word.equals(word))
                    .findFirst();
        }
    }

    /** As everywhere in Trellis; a lattice is part of the names of buckets. */
    Pattern LATTICE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** {@code rest}: the subject without the prefix of the API and the dot after it. */
    static ModelSubject parse(String rest) {
        var tokens = rest.split("\\.", -1);
        if (tokens.length < 3) {
            return new Invalid("expected a lattice, a category and an operation");
        }
        if (tokens.length > 4) {
            return new Invalid(
                    "has more parts than an operation and a name; the name of an application holds"
                            + " letters, digits, - and _ only");
        }
        if (!LATTICE.matcher(tokens[0]).matches()) {
            return new Invalid("the name of a lattice is like " + LATTICE);
        }
        boolean named = tokens.length == 4;
        if (!tokens[1].equals("model") || (named && tokens[3].isEmpty())) {
            return new Unsupported();
        }
        return Operation.of(tokens[2], named)
                .<ModelSubject>map(operation ->
                        new Known(new LatticeName(tokens[0]), operation, named ? tokens[3] : ""))
                .orElseGet(Unsupported::new);
    }
}
