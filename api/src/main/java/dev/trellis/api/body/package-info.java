/** Reads small JSON bodies strictly: every problem at once, each with its place. */
@NullMarked
@CheckReturnValue
package dev.trellis.api.body;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
