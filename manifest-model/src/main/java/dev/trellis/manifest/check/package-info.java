/**
 * What makes a manifest that could be read wrong all the same: one rule a file. Pure; a check looks
 * at the records and names the path of what it found, and never at the document. Every check goes
 * on after its first finding, and skips what is an empty text: the reader has said so already.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.manifest.check;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
