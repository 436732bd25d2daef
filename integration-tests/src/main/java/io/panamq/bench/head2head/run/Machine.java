// SPDX-License-Identifier: Apache-2.0
package io.panamq.bench.head2head.run;

import io.panamq.Zmq;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Reads facts about the machine of a run. */
public final class Machine {
    private static final String JEROMQ_PROPERTIES =
            "/META-INF/maven/org.zeromq/jeromq/pom.properties";

    private Machine() {}

    /** Returns facts by their names. */
    public static Map<String, String> facts(CWorker c, String systemLibrary) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("cpu", cpu());
        facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put(
                "jdk",
                System.getProperty("java.vendor") + " " + System.getProperty("java.vm.version"));
        facts.put("libzmq", Zmq.version() + ", " + Zmq.librarySource());
        String system = c.probe(systemLibrary);
        if (system != null) {
            // Only the version: readers have no use for the path.
            facts.put("systemLibzmq", system.split(" ")[0]);
        }
        if (c.compiler() != null) {
            facts.put("compiler", c.compiler());
        }
        try (InputStream stream = Machine.class.getResourceAsStream(JEROMQ_PROPERTIES)) {
            Properties properties = new Properties();
            if (stream != null) {
                properties.load(stream);
            }
            facts.put("jeromq", properties.getProperty("version", "unknown"));
        }
        return facts;
    }

    private static String cpu() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (Files.isReadable(info)) {
            for (String line : Files.readAllLines(info)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }
        return System.getProperty("os.arch");
    }
}
