@NullMarked
package dev.trellis.scheduler.place;

import org.jspecify.annotations.NullMarked;
