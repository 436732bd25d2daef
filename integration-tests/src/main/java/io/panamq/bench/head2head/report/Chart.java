// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.report;

import io.panamq.bench.head2head.model.Contender;
import io.panamq.bench.head2head.model.Result;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/**
 * Draws the throughput ratios as an SVG. Each other contender has a bar on a logarithmic scale that
 * begins at 1 and goes to the right where PanaMQ is faster. Colours follow the reader's light or
 * dark theme.
 */
public final class Chart {
    /** The name of the SVG file. */
    public static final String FILE = "head2head.svg";

    private static final int WIDTH = 860;
    private static final int LEFT = 230;
    private static final int RIGHT = 60;
    private static final int TOP = 64;
    private static final int BAR = 8;
    private static final int GAP = 8;
    private static final double[] TICKS = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
    private static final String STYLE =
            """
            <style>
            text { font: 12px sans-serif; fill: #1f2328; }
            .small { font-size: 10px; }
            .grid { stroke: #d0d7de; } .one { stroke: #1f2328; }
            .c { fill: #0969da; } .c-system { fill: #8250df; }
            .jeromq { fill: #bc4c00; } .socket { fill: #57606a; }
            @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3; }
            .grid { stroke: #30363d; } .one { stroke: #e6edf3; }
            .c { fill: #58a6ff; } .c-system { fill: #bc8cff; }
            .jeromq { fill: #f0883e; } .socket { fill: #8b949e; }
            }
            </style>
            """;

    private final StringBuilder svg = new StringBuilder();
    private final Formatter out = new Formatter(svg, Locale.ROOT);
    private final List<Result> results;
    private final double least;
    private final double most;

    private Chart(List<Result> results) {
        this.results = results;
        double low = 1;
        double high = 1;
        for (Result result : results) {
            for (double ratio : result.ratios().values()) {
                low = Math.min(low, ratio);
                high = Math.max(high, ratio);
            }
        }
        least = Math.max(0.01, Math.min(0.5, low / 1.2));
        most = Math.max(2, high * 1.2);
    }

    /** Returns the SVG of all results that measure a rate. */
    public static String of(List<Result> results) {
        return new Chart(results.stream().filter(Result::measuresRate).toList()).draw();
    }

    private String draw() {
        int height = TOP + 20;
        for (Result result : results) {
            height += rowHeight(result);
        }
        out.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                        + " viewBox=\"0 0 %d %d\" role=\"img\">\n",
                WIDTH, height, WIDTH, height);
        out.format("<title>Throughput of PanaMQ divided by that of the others</title>\n");
        svg.append(STYLE);
        out.format("<text x=\"8\" y=\"18\">Throughput of PanaMQ divided by that of …</text>\n");
        legend();
        for (double tick : TICKS) {
            if (tick >= least && tick <= most) {
                String kind = tick == 1 ? "one" : "grid";
                double x = x(tick);
                out.format(
                        "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>\n",
                        kind, x, x, TOP - 4, height - 18);
                out.format(
                        "<text class=\"small\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s×</text>\n",
                        x,
                        height - 6,
                        tick < 1 ? String.valueOf(tick) : String.valueOf((int) tick));
            }
        }
        int y = TOP;
        for (Result result : results) {
            row(result, y);
            y += rowHeight(result);
        }
        svg.append("</svg>\n");
        return svg.toString();
    }

    private void legend() {
        int x = 8;
        for (Contender contender : Table.OTHERS) {
            out.format(
                    "<rect class=\"%s\" x=\"%d\" y=\"30\" width=\"12\" height=\"12\"/>",
                    contender.id, x);
            out.format("<text x=\"%d\" y=\"41\">%s</text>\n", x + 17, escape(contender.label));
            x += 40 + 7 * contender.label.length();
        }
    }

    private void row(Result result, int y) {
        int bars = result.ratios().size();
        out.format(
                "<text text-anchor=\"end\" x=\"%d\" y=\"%d\">%s</text>\n",
                LEFT - 8, y + Math.max(1, bars) * BAR / 2 + 4, escape(result.title()));
        int top = y;
        for (Contender contender : Table.OTHERS) {
            Double ratio = result.ratios().get(contender.id);
            if (ratio != null) {
                double to = x(Math.max(least, ratio));
                double one = x(1);
                out.format(
                        "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
                        contender.id,
                        Math.min(one, to),
                        top,
                        Math.max(1, Math.abs(to - one)),
                        BAR - 1);
                out.format(
                        "<text class=\"small\" x=\"%.1f\" y=\"%d\">%s</text>\n",
                        Math.max(one, to) + 3, top + BAR, Table.number(ratio));
                top += BAR;
            }
        }
    }

    private static int rowHeight(Result result) {
        return Math.max(2, result.ratios().size()) * BAR + GAP;
    }

    private double x(double ratio) {
        double share = Math.log(ratio / least) / Math.log(most / least);
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
