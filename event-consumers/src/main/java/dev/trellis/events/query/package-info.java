/** Asks hosts over the control interface what they have. */
@NullMarked
@CheckReturnValue
package dev.trellis.events.query;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
