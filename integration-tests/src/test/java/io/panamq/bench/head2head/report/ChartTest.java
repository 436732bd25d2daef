// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.panamq.bench.head2head.model.Cell;
import io.panamq.bench.head2head.model.Metric;
import io.panamq.bench.head2head.model.Pattern;
import io.panamq.bench.head2head.model.Samples;
import io.panamq.bench.head2head.model.Transport;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ChartTest {
    private static Document parse(String svg) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void shouldBeWellFormedWithoutAnything() throws Exception {
        assertThat(parse(Chart.of(List.of())).getDocumentElement().getTagName()).isEqualTo("svg");
    }

    @Test
    void shouldDrawABarFromOneForEachRatioAndNoTimes() throws Exception {
        Cell times = new Cell(Pattern.REQ_REP, Transport.TCP, 64);
        var document =
                parse(
                        Chart.of(
                                List.of(
                                        Samples.result(Samples.TCP, Metric.RATE, 50, 100, 5),
                                        Samples.result(times, Metric.P50, 1, 2, 3))));
        var bars = document.getElementsByTagName("rect");
        int squares = 4; // of the legend
        assertThat(bars.getLength()).isEqualTo(squares + 2);
        var slower = (Element) bars.item(squares);
        var faster = (Element) bars.item(squares + 1);
        assertThat(slower.getAttribute("class")).isEqualTo("c");
        assertThat(faster.getAttribute("class")).isEqualTo("jeromq");
        double one = number(faster, "x");
        assertThat(number(slower, "x")).isLessThan(one);
        assertThat(number(slower, "x") + number(slower, "width"))
                .isCloseTo(one, org.assertj.core.data.Offset.offset(0.2));
        // Logarithmic: ten times is more than three times as long as twice, but not ten times.
        assertThat(number(faster, "width") / number(slower, "width")).isBetween(3.2, 3.4);
        assertThat(document.getDocumentElement().getTextContent())
                .contains("PUSH/PULL tcp, one process 32 KiB")
                .doesNotContain("REQ/REP");
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}
