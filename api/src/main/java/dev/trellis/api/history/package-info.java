/** The history in the stream {@code trellis_history}: written, read in pages, and followed. */
@NullMarked
@CheckReturnValue
package dev.trellis.api.history;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
