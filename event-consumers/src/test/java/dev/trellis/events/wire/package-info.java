@NullMarked
package dev.trellis.events.wire;

import org.jspecify.annotations.NullMarked;
