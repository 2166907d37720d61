package dev.trellis.manifest.terms;

import java.util.List;
import java.util.stream.Stream;

/** A choice that is written as one word, such as {@code onViolation}. Implemented by enums. */
public interface Worded {

    /** The word in a manifest and in JSON; never changes. */
    String word();

    /** Words of the choices, in the order in which they are declared. */
    static List<String> words(Worded... choices) {
        return Stream.of(choices).map(Worded::word).toList();
    }
}
