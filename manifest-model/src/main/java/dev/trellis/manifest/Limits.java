package dev.trellis.manifest;

/** How large a manifest may be. What is over a limit is refused with a problem that names it. */
public final class Limits {

    /** Bytes of a document as sent, and of its canonical form: 512 KiB. */
    public static final int DOCUMENT_BYTES = 512 * 1024;

    /** Levels of lists and objects in a document. */
    public static final int DEPTH = 64;

    /** Values in a document, after aliases are resolved. */
    public static final int NODES = 200_000;

    /** Problems that one answer lists. */
    public static final int PROBLEMS = 200;

    /** Components of one manifest. */
    public static final int COMPONENTS = 1_000;

    /** Policies of one manifest. */
    public static final int POLICIES = 100;

    /** Characters of an application's name. */
    public static final int APP_NAME = 128;

    /** Characters of any other name: component, config, secret, link, spread, policy, id. */
    public static final int NAME = 256;

    /** Characters of a version. */
    public static final int VERSION = 128;

    /** Characters of an image reference. */
    public static final int IMAGE = 2_048;

    /** Instances of one scaler. */
    public static final int INSTANCES = 100_000;

    /** Weight of one spread. */
    public static final int WEIGHT = 100_000;

    private Limits() {}
}
