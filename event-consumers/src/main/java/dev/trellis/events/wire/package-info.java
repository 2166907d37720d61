/** What goes over NATS between Trellis and hosts, as bytes: reads tolerantly, writes exactly. */
@NullMarked
@CheckReturnValue
package dev.trellis.events.wire;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
