// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What all contenders are measured with: a pattern, a transport and a size.
 *
 * @param pattern what the messages do
 * @param transport how they travel
 * @param size of a message, in bytes
 */
public record Cell(Pattern pattern, Transport transport, int size) {
    private static final int[] SIZES = {8, 128, 1024, 32 * 1024, 1024 * 1024};

    /** Returns all cells in the order of the tables. */
    public static List<Cell> all() {
        List<Cell> cells = new ArrayList<>();
        for (Transport transport : Transport.values()) {
            for (int size : SIZES) {
                cells.add(new Cell(Pattern.PUSH_PULL, transport, size));
            }
        }
        for (Pattern pattern : List.of(Pattern.PUB_SUB, Pattern.DEALER_ROUTER)) {
            cells.add(new Cell(pattern, Transport.TCP, 128));
            cells.add(new Cell(pattern, Transport.TCP, 1024));
        }
        cells.add(new Cell(Pattern.REQ_REP, Transport.TCP, 64));
        cells.add(new Cell(Pattern.REQ_REP, Transport.TCP, 1024 * 1024));
        return cells;
    }

    static Cell of(String name) {
        for (Cell cell : all()) {
            if (cell.name().equals(name)) {
                return cell;
            }
        }
        throw new IllegalArgumentException("no cell " + name);
    }

    /** Returns the name that {@code --only} and the JSON use. */
    public String name() {
        return pattern.id + "-" + transport.id + "-" + size;
    }

    /** Returns the name that tables show. */
    public String title() {
        return pattern.label + " " + transport.label + " " + sizeLabel();
    }

    private String sizeLabel() {
        if (size >= 1024 * 1024) {
            return size / (1024 * 1024) + " MiB";
        }
        return size >= 1024 ? size / 1024 + " KiB" : size + " B";
    }

    /** Returns what is counted. */
    public List<Metric> metrics() {
        return pattern == Pattern.REQ_REP
                ? List.of(Metric.P50, Metric.P99, Metric.P999)
                : List.of(Metric.RATE);
    }

    /** Returns the number of receiving threads. */
    public int subscribers() {
        return pattern == Pattern.PUB_SUB ? 4 : 1;
    }

    /** Returns the number of messages between two looks at the clock. */
    public int slice() {
        if (pattern == Pattern.REQ_REP || size >= 32 * 1024) {
            return 1;
        }
        return size >= 1024 ? 32 : 256;
    }
}
