/**
 * The composition root: reads the settings, connects to NATS, joins ports and adapters, and starts
 * and stops them in order. Nothing is decided here.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.deploy;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
