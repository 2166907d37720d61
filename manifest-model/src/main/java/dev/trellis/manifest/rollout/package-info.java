/**
 * What a {@code rollout} policy asks for: in which stages a new version reaches the hosts, how much
 * may be at risk at once, what has to be true to go on, and what happens when it is not. Values
 * with their defaults; who rolls out reads them.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.manifest.rollout;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
