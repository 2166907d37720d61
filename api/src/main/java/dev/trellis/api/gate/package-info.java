/**
 * Asks the gates of rollouts over HTTP: a Prometheus for a metric, a webhook for a verdict. Only
 * hosts that an administrator names are ever reached.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.api.gate;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
