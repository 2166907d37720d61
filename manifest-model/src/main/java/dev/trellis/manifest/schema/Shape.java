package dev.trellis.manifest.schema;

import dev.trellis.manifest.terms.Worded;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a value may be. */
public sealed interface Shape {

    /** What becomes of a field that an object does not have. */
    enum Unknown {
        /** The manifest is refused. */
        REFUSED,
        /** It is kept with a warning, and has no effect. */
        KEPT
    }

    /**
     * A text that is not empty.
     *
     * @param what what it is, for messages; starts with {@code a text}
     * @param form its form, where a pattern can say it
     * @param valid whatever a pattern cannot say
     * @param standIn what reading goes on with where there is none that fits
     */
    record Text(
            String what, int most, Optional<Pattern> form, Predicate<String> valid, String standIn)
            implements Shape {

        /** Any text that fits into a document. */
        public static Text of(String what) {
            return of(what, Integer.MAX_VALUE);
        }

        /** Any text of bounded length. */
        public static Text of(String what, int most) {
            return new Text(what, most, Optional.empty(), text -> true, "");
        }

        /** A text of a form. */
        public static Text of(String what, int most, Pattern form, String standIn) {
            return new Text(what, most, Optional.of(form), text -> true, standIn);
        }

        /** Whether it may be {@code text}, which is not empty. */
        public boolean accepts(String text) {
            return text.length() <= most
                    && form.map(pattern -> pattern.matcher(text).matches()).orElse(true)
                    && valid.test(text);
        }
    }

    /**
     * One of some words.
     *
     * @param later words that will mean something one day, and are refused with that answer
     */
    record Word(List<String> words, List<String> later) implements Shape {
        public Word {
            words = List.copyOf(words);
            later = List.copyOf(later);
        }

        /** One of the choices. */
        public static Word of(Worded[] choices, String... later) {
            return new Word(Worded.words(choices), List.of(later));
        }
    }

    /** A whole number within bounds. */
    record Whole(int least, int most) implements Shape {}

    /** Any finite number. */
    record Decimal() implements Shape {}

    /** True or false. */
    record Flag() implements Shape {}

    /**
     * A whole number, or a share of a total.
     *
     * @param least of the number and of the share
     */
    record Share(int least, int most) implements Shape {}

    /**
     * A length of time.
     *
     * @param positive whether it must be longer than zero
     */
    record Length(boolean positive) implements Shape {}

    /** A text that may also be written as a number or boolean, and then is what was written. */
    record Written() implements Shape {}

    /** Anything at all; nothing here reads it. */
    record Anything() implements Shape {}

    /** A list. */
    record ListOf(String what, Shape item, int least, int most) implements Shape {}

    /** An object with names of the author's choice. */
    record MapOf(String what, Shape value, int most) implements Shape {}

    /** One of two spellings; the second is an older one. */
    record Either(Shape shape, Shape older) implements Shape {}

    /**
     * An object with fields of its own.
     *
     * @param name of the shape, unique
     * @param what what it is, for messages
     * @param anyOf fields of which at least one must be there; empty asks for none
     * @param stringForm whether a field that is no text may be given as a text that holds YAML
     */
    record Obj(
            String name,
            String what,
            List<Field> fields,
            Unknown unknown,
            List<String> later,
            List<String> anyOf,
            boolean stringForm)
            implements Shape {

        public Obj {
            fields = List.copyOf(fields);
            anyOf = List.copyOf(anyOf);
            later = List.copyOf(later);
        }

        /** An object that refuses fields it does not have. */
        public static Obj strict(String name, String what, Field... fields) {
            return new Obj(
                    name, what, List.of(fields), Unknown.REFUSED, List.of(), List.of(), false);
        }

        /** An object that keeps fields it does not have. */
        public static Obj lenient(String name, String what, Field... fields) {
            return new Obj(name, what, List.of(fields), Unknown.KEPT, List.of(), List.of(), false);
        }

        /** The same with fields that are for later. */
        public Obj withLater(String... names) {
            return new Obj(name, what, fields, unknown, List.of(names), anyOf, stringForm);
        }

        /** The same whose fields may be given as texts that hold YAML. */
        public Obj withStringForm() {
            return new Obj(name, what, fields, unknown, later, anyOf, true);
        }

        /** The same of which at least one of the named fields must be there. */
        public Obj withAnyOf(String... names) {
            return new Obj(name, what, fields, unknown, later, List.of(names), stringForm);
        }

        /** The field of that name. */
        public Optional<Field> field(String key) {
            return fields.stream().filter(field -> field.name().equals(key)).findFirst();
        }

        /** Names of the fields, older spellings left out, in order. */
        public List<String> names() {
            return named(field -> !field.older());
        }

        /** Names of the fields that are older spellings. */
        public List<String> olderNames() {
            return named(Field::older);
        }

        private List<String> named(Predicate<Field> which) {
            return fields.stream().filter(which).map(Field::name).toList();
        }
    }

    /**
     * An object whose {@code type} decides what its {@code properties} are.
     *
     * @param frame the object itself, with the shape of properties of unknown types
     */
    record Typed(Obj frame, List<Variant> variants) implements Shape {
        public Typed {
            variants = List.copyOf(variants);
        }
    }

    /** The properties of one type. */
    record Variant(String type, Obj properties) {}

    /**
     * A field of an object.
     *
     * @param doc what it means, one sentence for the author of a manifest
     * @param older whether it is a spelling that is read and no longer written
     * @param byDefault the value when it is absent, as it would be written; empty is none
     */
    record Field(
            String name,
            String doc,
            Shape shape,
            boolean required,
            boolean older,
            String byDefault) {

        /** One that must be there. */
        public static Field required(String name, Shape shape, String doc) {
            return new Field(name, doc, shape, true, false, "");
        }

        /** One that may be absent. */
        public static Field optional(String name, Shape shape, String doc) {
            return new Field(name, doc, shape, false, false, "");
        }

        /** One that has a value when it is absent. */
        public static Field optional(String name, Shape shape, String byDefault, String doc) {
            return new Field(name, doc, shape, false, false, byDefault);
        }

        /** An older spelling. */
        public static Field older(String name, Shape shape, String newer) {
            return new Field(name, "Older spelling of " + newer + ".", shape, false, true, "");
        }
    }

    /** Whether a text can only be a spelling of something else, when it stands for this. */
    default boolean neverText() {
        return switch (this) {
            case Text _, Word _, Length _, Written _, Anything _ -> false;
            case Whole _, Decimal _, Flag _, Share _, ListOf _, MapOf _, Either _, Obj _, Typed _ ->
                    true;
        };
    }

    /** The words of all variants. */
    static List<String> types(Typed typed) {
        return typed.variants().stream().map(Variant::type).toList();
    }
}
