// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Zmq;
import io.panamq.outside.LoaderChild;
import io.panamq.support.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application server does with class loaders. */
class ClassLoaderTest {
    @TempDir Path folder;

    private ChildJvm child() {
        return new ChildJvm(folder).with("-Dpanamq.library.cache=" + folder.resolve("cache"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "poll"})
    void shouldServeSeveralApplicationsAndLetThemGo(String watcher) throws IOException {
        assumeTrue(Zmq.librarySource().equals("bundled"), "the library has upcalls to Java");
        ChildJvm.Ended ended =
                child().with("-Dpanamq.watcher=" + watcher)
                        .with("-Dpanamq.library.source=bundled")
                        .run(60, LoaderChild.class, "2", "2");

        assertThat(ended.output()).contains("all 4 loaders are gone");
        assertThat(ended.exit()).isZero();
        assertThat(ended.output().lines().filter(line -> line.startsWith("round trip"))).hasSize(4);
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            assertThat(files).as("the copies are deleted").hasSize(1);
        }
    }

    @Test
    void shouldServeSeveralApplicationsWithTheSystemsLibrary() {
        ChildJvm.Ended ended =
                child().with("-Dpanamq.library.source=system").run(60, LoaderChild.class, "2", "1");

        assertThat(ended.output().lines().filter(line -> line.startsWith("round trip")))
                .as(ended.output())
                .hasSize(2);
    }
}
