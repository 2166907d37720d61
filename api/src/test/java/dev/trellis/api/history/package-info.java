/** Tests of the history on a real server. */
@NullMarked
@CheckReturnValue
package dev.trellis.api.history;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
