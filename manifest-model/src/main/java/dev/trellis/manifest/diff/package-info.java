/**
 * What differs between two manifests of one application, and what each difference means for the
 * hosts: whether it can reach them one by one, moves instances, or holds everywhere at once. Pure.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.manifest.diff;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
