package dev.trellis.manifest.codec;

import dev.trellis.manifest.check.Paths;

/** The way to a part of a document; spelled only where a problem needs it. */
sealed interface Trail {

    /** The document itself. */
    record Root() implements Trail {}

    /** A field of an object. */
    record Field(Trail parent, String key) implements Trail {}

    /** An item of a list, counted from 0. */
    record Item(Trail parent, int index) implements Trail {}

    /** As problems name it. */
    default String path() {
        return switch (this) {
            case Root _ -> "";
            case Field(var parent, var key) -> Paths.field(parent.path(), key);
            case Item(var parent, var index) -> Paths.item(parent.path(), index);
        };
    }
}
