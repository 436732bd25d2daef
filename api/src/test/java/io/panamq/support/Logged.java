// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps what is logged while it is open, instead of printing it. It uses reflection, because this
 * module does not read java.logging.
 */
public final class Logged implements AutoCloseable {
    /** Each record is a text with the message of what was thrown. */
    private final Queue<String> records = new ConcurrentLinkedQueue<>();

    private final Object logger;
    private final Method setFilter;

    private Logged(String name) throws ReflectiveOperationException {
        Class<?> type = Class.forName("java.util.logging.Logger");
        Class<?> filter = Class.forName("java.util.logging.Filter");
        logger = type.getMethod("getLogger", String.class).invoke(null, name);
        setFilter = type.getMethod("setFilter", filter);
        setFilter.invoke(
                logger,
                Proxy.newProxyInstance(
                        filter.getClassLoader(),
                        new Class<?>[] {filter},
                        (self, method, arguments) -> {
                            records.add(text(arguments[0]));
                            return false;
                        }));
    }

    public static Logged at(String logger) {
        try {
            return new Logged(logger);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no java.util.logging in this JVM", e);
        }
    }

    private static String text(Object entry) throws ReflectiveOperationException {
        Class<?> type = entry.getClass();
        Object thrown = type.getMethod("getThrown").invoke(entry);
        return type.getMethod("getLevel").invoke(entry)
                + ": "
                + type.getMethod("getMessage").invoke(entry)
                + (thrown == null ? "" : ": " + thrown);
    }

    /** Also keeps what is only for those who look for a fault. */
    public void showDebug() {
        setLevel("FINE");
    }

    private void setLevel(String name) {
        try {
            Class<?> level = Class.forName("java.util.logging.Level");
            Object value = name == null ? null : level.getField(name).get(null);
            logger.getClass().getMethod("setLevel", level).invoke(logger, value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no such level", e);
        }
    }

    /** Returns all records so far. */
    public List<String> records() {
        return List.copyOf(records);
    }

    /** Waits until there is a record with all these parts. */
    public void await(String... parts) {
        Deadline.until(
                "logged: " + String.join(" … ", parts),
                () -> records.stream().anyMatch(each -> hasAll(each, parts)));
    }

    /** Fails if there is a record with this part. */
    public void assertNone(String part) {
        assertThat(records).noneMatch(record -> record.contains(part));
    }

    private static boolean hasAll(String text, String... parts) {
        for (String part : parts) {
            if (!text.contains(part)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        setLevel(null);
        try {
            setFilter.invoke(logger, new Object[] {null});
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the filter stays", e);
        }
    }
}
