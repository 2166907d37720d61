@NullMarked
package dev.trellis.deploy;

import org.jspecify.annotations.NullMarked;
