/**
 * The bucket of what is wanted: read, compare-and-set and watch, and the verbs on apps as
 * compare-and-set loops. Everybody else sees it through {@code WantedStore}.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.api.store;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
