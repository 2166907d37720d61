/**
 * A deployment manifest as immutable records, with the names that its parts have in a lattice. Pure
 * data: nothing here reads, checks or writes documents.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.manifest;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
