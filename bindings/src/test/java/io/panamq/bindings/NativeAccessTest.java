// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Tests the loader with and without the grant of native access. */
class NativeAccessTest extends LoaderFixture {

    @Test
    void shouldLoadOnTheModulePath() throws Exception {
        Path stub = StubLibrary.build(libraries.resolve("stub.so"));

        var result =
                new ChildJvm(temp)
                        .onModulePath()
                        .option("--enable-native-access=io.panamq.bindings")
                        .property("panamq.library", stub)
                        .run()
                        .succeeded();

        assertThat(result.text()).doesNotContainIgnoringCase("warning");
    }

    @Test
    void shouldNameTheModuleWhenNativeAccessIsDenied() throws Exception {
        Path stub = StubLibrary.build(libraries.resolve("stub.so"));

        var result =
                new ChildJvm(temp)
                        .onModulePath()
                        .option(deny())
                        .property("panamq.library", stub)
                        .run()
                        .failed();

        assertDenied(result, "--enable-native-access=io.panamq.bindings ");
        // This entry can only name ALL-UNNAMED, which is not the module.
        assertThat(result.text()).doesNotContain("Enable-Native-Access");
        assertThat(result.text()).contains("io.panamq in its place has no effect");
    }

    @Test
    void shouldNameTheClassPathWhenNativeAccessIsDenied() throws Exception {
        Path stub = StubLibrary.build(libraries.resolve("stub.so"));

        var result =
                new ChildJvm(temp).option(deny()).property("panamq.library", stub).run().failed();

        assertDenied(result, "--enable-native-access=ALL-UNNAMED ");
        assertThat(result.text()).contains("Enable-Native-Access: ALL-UNNAMED in the manifest");
        assertThat(result.text()).doesNotContain("io.panamq in its place");
    }

    @Test
    void shouldEndTheSearchWhenNativeAccessIsDenied() throws Exception {
        TestLibrary.assumeBundled();
        systemStub();

        var result =
                new ChildJvm(temp)
                        .option(deny())
                        .property(LibraryCache.PROPERTY, cache)
                        .property("java.library.path", libraries)
                        .run()
                        .failed();

        assertDenied(result, "--enable-native-access=ALL-UNNAMED ");
    }

    private static void assertDenied(ChildJvm.Result result, String flag) {
        assertThat(result.text()).contains("To fix: start Java with " + flag);
        assertThat(result.text().lines().filter(line -> line.startsWith("  - ")))
                .singleElement()
                .asString()
                .startsWith("  - native access is denied: ");
    }

    /** Before Java 24 a grant to any other module denies it to us. */
    private static String deny() {
        return Runtime.version().feature() >= 24
                ? "--illegal-native-access=deny"
                : "--enable-native-access=java.base";
    }
}
