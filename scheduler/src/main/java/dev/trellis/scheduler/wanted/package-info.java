/**
 * What is stored of what people want, as values: an app with its versions, what it ever put, what
 * was asked of a host, and the ceilings of a lattice. The decisions read them, the ports carry
 * them, and the bucket keeps them.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.scheduler.wanted;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
