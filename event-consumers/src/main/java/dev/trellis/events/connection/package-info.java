/** What the adapters share: whether the connection is there, and requests over one inbox. */
@NullMarked
@CheckReturnValue
package dev.trellis.events.connection;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
