/** Who owns a lattice, by a key in a bucket that is renewed and taken over. */
@NullMarked
@CheckReturnValue
package dev.trellis.events.lease;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
