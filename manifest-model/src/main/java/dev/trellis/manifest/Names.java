package dev.trellis.manifest;

import java.util.Locale;

/**
 * The names that parts of a manifest have in a lattice. They are wadm's, so that what wadm started
 * keeps its names: each part is lower-cased, every character but {@code a-z} and {@code 0-9}
 * becomes {@code _}, and the parts are joined by {@code -}. Two applications may therefore come to
 * one name ({@code my-app}, {@code my_app}).
 */
public final class Names {

    private Names() {}

    /**
     * Id of a component or provider: its own if it names one, else made from the names of the
     * application and the component; for a component of a shared application, from that one's.
     */
    public static String componentId(String app, Component component) {
        return component.id().orElseGet(() -> generatedId(app, component));
    }

    /** Name of a config whose content the manifest holds. An external one is used verbatim. */
    public static String configName(String app, String name) {
        return part(app) + "-" + part(name);
    }

    /** Key of a secret reference, kept among the configs. */
    public static String secretName(String app, String name) {
        return "SECRET_" + part(app) + "-" + part(name);
    }

    private static String generatedId(String app, Component component) {
        return switch (component.source()) {
            case Source.Image _ -> part(app) + "-" + part(component.name());
            case Source.Shared(var sharedApp, var sharedComponent) ->
                    part(sharedApp) + "-" + part(sharedComponent);
        };
    }

    private static String part(String name) {
        var out = new StringBuilder(name.length());
        // by code point: a character outside the basic plane is one underscore, not two
        name.toLowerCase(Locale.ROOT)
                .codePoints()
                .forEach(c -> out.append(plain(c) ? (char) c : '_'));
        return out.toString();
    }

    private static boolean plain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
