/** Reads the lattice's events from the stream, and which lattices there are. */
@NullMarked
@CheckReturnValue
package dev.trellis.events.consumer;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
