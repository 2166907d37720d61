/** Asks the owner of a lattice, in this process or over NATS, and answers such questions. */
@NullMarked
@CheckReturnValue
package dev.trellis.api.ask;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
