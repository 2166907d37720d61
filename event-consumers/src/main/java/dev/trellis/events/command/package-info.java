/** Sends commands to hosts over the control interface. */
@NullMarked
@CheckReturnValue
package dev.trellis.events.command;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
