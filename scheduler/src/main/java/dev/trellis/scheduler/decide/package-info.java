/**
 * What is wanted of a lattice and what is missing there. Pure: no I/O, no clock, no logging, no
 * randomness.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.scheduler.decide;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
