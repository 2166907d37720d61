/** The loop per lattice: takes inputs, asks the core, carries out its effects, and measures. */
@NullMarked
@CheckReturnValue
package dev.trellis.scheduler.loop;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
