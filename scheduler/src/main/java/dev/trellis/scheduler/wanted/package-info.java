/**
 * What is stored of what people want, as values: an app with its versions, and what it ever put.
 * The decisions read them, the ports carry them, and the bucket keeps them.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.scheduler.wanted;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
