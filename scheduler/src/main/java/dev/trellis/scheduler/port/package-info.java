/**
 * What the core needs from outside, as interfaces: the lattice, the store, the lease, and who is
 * told.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.scheduler.port;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
