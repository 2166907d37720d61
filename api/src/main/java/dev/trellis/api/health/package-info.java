/** Whether the process works and whether it can answer. */
@NullMarked
@CheckReturnValue
package dev.trellis.api.health;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
