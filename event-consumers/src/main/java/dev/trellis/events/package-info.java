/** The lattice side of Trellis over NATS: events in, commands and queries out, the lease. */
@NullMarked
@CheckReturnValue
package dev.trellis.events;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
