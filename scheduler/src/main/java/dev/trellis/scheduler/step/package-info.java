/**
 * One turn of a lattice: inputs in, effects out. Owned by one thread; a function of its inputs and
 * the given time.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.scheduler.step;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
