/**
 * The small terms that settings are written in: amounts, durations, words out of a list, selectors
 * of labels. Each is a value that knows its spelling, so that whoever decides by it never looks at
 * text.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.manifest.terms;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
