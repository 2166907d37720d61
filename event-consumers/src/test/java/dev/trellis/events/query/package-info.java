@NullMarked
package dev.trellis.events.query;

import org.jspecify.annotations.NullMarked;
