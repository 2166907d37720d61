package dev.trellis.deploy;

import io.micronaut.core.naming.NameUtils;
import io.micronaut.core.value.PropertyResolver;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Fills a settings record from the settings under a prefix. What is not set keeps the value that
 * the record's own defaults have, so that a default is written in one place only.
 *
 * <p>The component {@code jsDomain} under {@code trellis.nats} is {@code trellis.nats.js-domain},
 * in the environment {@code TRELLIS_NATS_JS_DOMAIN}.
 */
final class SettingsBinder {
    /** Settings that several parts have: {@code trellis.account} sets all of them. */
    private static final Set<String> SHARED = Set.of("account", "replicas", "storage");

    private static final String ACCOUNT = "account";

    private final PropertyResolver source;

    SettingsBinder(PropertyResolver source) {
        this.source = source;
    }

    /** This process's name among its replicas: the setting, or host name and process id. */
    String instance() {
        return source.getProperty("trellis.instance", String.class)
                .orElseGet(() ->
                        source.getProperty("hostname", String.class).orElse("trellis")
                                + "-"
                                + ProcessHandle.current().pid());
    }

    /**
     * @throws InvalidSettingsException when a value can't be read, or the record refuses it
     */
    <R extends Record> R bind(String prefix, Class<R> type, R defaults) {
        var components = type.getRecordComponents();
        var values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = value(prefix, components[i], defaults);
        }
        try {
            var types =
                    Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true); // a record need not be public to be bound
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            throw new InvalidSettingsException(prefix + ": " + reason(refused), refused);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("cannot bind " + type, impossible);
        }
    }

    /** The name of the setting behind a record's component. */
    static String name(String prefix, RecordComponent component) {
        return prefix + "." + NameUtils.hyphenate(component.getName());
    }

    private Object value(String prefix, RecordComponent component, Record defaults) {
        String name = name(prefix, component);
        if (component.getName().equals(ACCOUNT) && source.containsProperty(name)) {
            throw new InvalidSettingsException(
                    name + " can't be set: one process serves one tenant, set trellis.account",
                    null);
        }
        var fallback = read(component, defaults);
        if (SHARED.contains(component.getName()) && !source.containsProperty(name)) {
            name = "trellis." + component.getName();
        }
        boolean optional = component.getType() == Optional.class;
        var type = optional ? argument(component.getGenericType()) : component.getType();
        if (type.isRecord() && fallback instanceof Record nested) {
            return nested(name, nested);
        }
        try {
            var found = source.getProperty(name, type);
            if (found.isPresent()) {
                return optional ? Optional.of(found.get()) : found.get();
            }
        } catch (RuntimeException unreadable) {
            throw new InvalidSettingsException(
                    name + " is not a " + type.getSimpleName().toLowerCase(Locale.ROOT),
                    unreadable);
        }
        if (source.containsProperty(name)) {
            throw new InvalidSettingsException(name + " can't be read", null);
        }
        return fallback;
    }

    @SuppressWarnings("unchecked") // the class of a record instance is that of the record
    private <R extends Record> R nested(String name, R defaults) {
        return bind(name, (Class<R>) defaults.getClass(), defaults);
    }

    private static Object read(RecordComponent component, Record record) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("cannot read " + component, impossible);
        }
    }

    private static Class<?> argument(Type type) {
        return type instanceof ParameterizedType p
                        && p.getActualTypeArguments()[0] instanceof Class<?> c
                ? c
                : String.class;
    }

    private static String reason(InvocationTargetException refused) {
        var cause = refused.getCause();
        return cause == null ? refused.toString() : String.valueOf(cause.getMessage());
    }
}
