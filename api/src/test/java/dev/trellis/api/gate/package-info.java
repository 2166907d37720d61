/** Claims on gates that are asked over HTTP. */
@NullMarked
@CheckReturnValue
package dev.trellis.api.gate;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
