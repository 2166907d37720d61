/**
 * Documents in and out: reads YAML and JSON into a manifest with every problem at its own token,
 * and writes manifests. A document is first a small tree that knows its lines ({@code Node}), and
 * only then a manifest, so that nothing about a manifest depends on how it was written down.
 * Reading never throws, whatever the bytes.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.manifest.codec;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
