// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.perf;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.panamq.Zmq;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;

/** Prints the result of a tool as libzmq's own tool does, or as one JSON object. */
final class PerfReport {
    private PerfReport() {}

    /** Prints the lines of libzmq's tools, which take half a round trip for the latency. */
    static void print(Load load, Figures figures, PrintWriter out) {
        if (figures.messagesPerSecond() != null) {
            line(out, "message size: %d [B]", load.size());
            line(out, "message count: %d", load.count());
            line(out, "mean throughput: %d [msg/s]", figures.messagesPerSecond().longValue());
            line(out, "mean throughput: %.3f [Mb/s]", figures.megabytesPerSecond() * 8);
        }
        if (figures.roundTripMicros() != null) {
            line(out, "message size: %d [B]", load.size());
            line(out, "roundtrip count: %d", load.count());
            line(out, "average latency: %.3f [us]", figures.roundTripMicros() / 2);
        }
        out.flush();
    }

    private static void line(PrintWriter out, String format, Object value) {
        out.println(String.format(Locale.ROOT, format, value));
    }

    static void printJson(String tool, Load load, Figures figures, PrintWriter out)
            throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("tool", tool);
            json.writeStringField("libzmq", Zmq.version().toString());
            json.writeNumberField("messageSize", load.size());
            json.writeNumberField("messageCount", load.count());
            number(json, "messagesPerSecond", figures.messagesPerSecond());
            number(json, "megabytesPerSecond", figures.megabytesPerSecond());
            number(json, "roundTripMicros", figures.roundTripMicros());
            json.writeEndObject();
        }
        out.println(text);
        out.flush();
    }

    private static void number(JsonGenerator json, String name, Double value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }
}
