// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.kit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Named numbers that one process sends to another as one line. */
public final class Figures {
    private final Map<String, Double> values = new LinkedHashMap<>();

    /** Sets a number; returns this. */
    public Figures put(String name, double value) {
        values.put(name, value);
        return this;
    }

    /**
     * Returns a number.
     *
     * @throws IllegalStateException if there is none of this name
     */
    public double get(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("no " + name + " in " + this);
        }
        return value;
    }

    /** Reads a line that {@link #toString} has made. */
    public static Figures parse(String line) {
        Figures figures = new Figures();
        for (String pair : line.split(" ")) {
            int equals = pair.indexOf('=');
            figures.put(pair.substring(0, equals), Double.parseDouble(pair.substring(equals + 1)));
        }
        return figures;
    }

    /** Returns the median of at least one value. */
    public static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Returns the mean of a number over several processes. */
    public static double mean(List<Figures> parts, String name) {
        return parts.stream().mapToDouble(part -> part.get(name)).average().orElseThrow();
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%s=%.6f", e.getKey(), e.getValue()))
                .collect(Collectors.joining(" "));
    }
}
