package dev.trellis.manifest.check;

/**
 * Where a token starts.
 *
 * @param line from 1; 0 means nowhere in particular
 * @param column from 1, counted in characters; 0 as for the line
 */
public record Place(int line, int column) {

    /** The document as a whole. */
    public static final Place NOWHERE = new Place(0, 0);
}
