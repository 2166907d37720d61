/** Tests of what is read of bodies. */
@NullMarked
@CheckReturnValue
package dev.trellis.api.body;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
