// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Tests what the API tells about the loaded library. */
class ZmqTest {
    @Test
    void shouldTellAVersionThatIsSupported() {
        Version version = Zmq.version();

        assertThat(version.major()).isEqualTo(4);
        assertThat(version.minor()).isGreaterThanOrEqualTo(3);
        assertThat(version.toString())
                .isEqualTo(version.major() + "." + version.minor() + "." + version.patch());
    }

    @Test
    void shouldTellTheFileThatWasLoaded() {
        assertThat(Zmq.librarySource()).isIn("property", "bundled", "system");
        assumeTrue(Zmq.librarySource().equals("bundled"), "a system library may be a bare name");

        assertThat(Path.of(Zmq.libraryPath())).isAbsolute().matches(Files::exists);
    }

    @Test
    void shouldKnowWhatTheBundledLibraryWasBuiltWith() {
        assumeTrue(Zmq.librarySource().equals("bundled"));

        assertThat(Zmq.has(Capability.DRAFT)).isTrue();
        assertThat(Zmq.has(Capability.CURVE)).isTrue();
        assertThat(Zmq.has(Capability.WS)).isTrue();
        assertThat(Zmq.has(Capability.GSSAPI)).isFalse();
    }

    @Test
    void shouldAnswerForEveryCapability() {
        for (Capability capability : Capability.values()) {
            assertThat(Zmq.has(capability)).as(capability.name()).isEqualTo(Zmq.has(capability));
        }
    }
}
