/** Server-sent events: what changes in a lattice or an app, as it changes. */
@NullMarked
@CheckReturnValue
package dev.trellis.api.watch;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
