package dev.trellis.manifest.check;

/** The rules that a problem can name. Their ids are part of the API: never renamed. */
public enum Rule {
    /** The document cannot be read at all. */
    SYNTAX("Syntax"),
    /** The document, or a part of it, is over a limit. */
    TOO_LARGE("TooLarge"),
    /** Lists and objects are nested too deeply. */
    TOO_DEEP("TooDeep"),
    /** One object names a field twice. */
    DUPLICATE_KEY("DuplicateKey"),
    /** A field that nothing reads. */
    UNKNOWN_FIELD("UnknownField"),
    /** A field that must be there is absent or empty. */
    MISSING_FIELD("MissingField"),
    /** A field is there without a value and counts as absent. */
    EMPTY_FIELD("EmptyField"),
    /** A value of another type than the field has. */
    WRONG_TYPE("WrongType"),
    /** A value that is none of those allowed. */
    UNKNOWN_VALUE("UnknownValue"),
    /** A number below or above what is allowed. */
    OUT_OF_RANGE("OutOfRange"),
    /** A spelling that is still read and will not be written again. */
    DEPRECATED("Deprecated"),
    /** A name with characters or a length that cannot be used. */
    INVALID_NAME("InvalidName"),
    /** An id that cannot be a subject and a key. */
    INVALID_ID("InvalidId"),
    /** A version that cannot be one. */
    INVALID_VERSION("InvalidVersion"),
    /** A key of a label or annotation that cannot be one. */
    INVALID_LABEL("InvalidLabel"),
    /** An image reference that cannot be one. */
    INVALID_IMAGE("InvalidImage"),
    /** Two things of one kind have one name. */
    DUPLICATE_NAME("DuplicateName"),
    /** Two components have one id. */
    DUPLICATE_ID("DuplicateId"),
    /** One link is declared twice. */
    DUPLICATE_LINK("DuplicateLink"),
    /** A link leads to what is not in the manifest. */
    DANGLING_LINK("DanglingLink"),
    /** Two statements that cannot both hold. */
    CONFLICT("Conflict"),
    /** A secret names a policy that is not there or cannot serve it. */
    INVALID_POLICY("InvalidPolicy"),
    /** A component of another application is given what only its own may set. */
    SHARED_COMPONENT("SharedComponent"),
    /** A name under which there is no component, or none that can be meant. */
    UNKNOWN_COMPONENT("UnknownComponent"),
    /** A name under which the scaler has no spread. */
    UNKNOWN_SPREAD("UnknownSpread"),
    /** What no lattice could ever satisfy, whatever its hosts. */
    IMPOSSIBLE("Impossible"),
    /** Something that will mean something one day, and does not yet. */
    LATER("Later"),
    /** Something that changes nothing where it stands. */
    NO_EFFECT("NoEffect"),
    /** A value that does not have the form of the field. */
    INVALID_VALUE("InvalidValue"),
    /** An interface that a known package does not have. */
    UNKNOWN_INTERFACE("UnknownInterface");

    private final String id;

    Rule(String id) {
        this.id = id;
    }

    /** The name in a problem. */
    public String id() {
        return id;
    }

    /**
     * The rule with that name in a problem.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Rule byId(String id) {
        for (var rule : values()) {
            if (rule.id.equals(id)) {
                return rule;
            }
        }
        throw new IllegalArgumentException("no rule has the name " + id);
    }
}
