package dev.trellis.manifest.check;

/** Finds in the document what a path of the manifest names. */
@FunctionalInterface
public interface Places {

    /** For a manifest that came from no document. */
    Places NONE = path -> new Located(path, Place.NOWHERE);

    /**
     * Where {@code path} is written. What is not written itself, such as a default, is found where
     * the nearest part around it is.
     */
    Located locate(String path);

    /**
     * A place with the path that the author wrote, which differs from the one asked for where an
     * older spelling was used.
     */
    record Located(String path, Place place) {}
}
