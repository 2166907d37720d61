/**
 * What a manifest may look like, said once: the fields of every object with their types, defaults
 * and bounds. The reader takes its field lists from here, checks {@code placement} and {@code
 * rollout} against it, and the JSON Schema is written from it.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.manifest.schema;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
