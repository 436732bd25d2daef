// SPDX-License-Identifier: Apache-2.0
package io.panamq.bindings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, linux",
        "Mac OS X, macos",
        "Darwin, macos",
        "Windows 11, windows",
        "Windows Server 2022, windows",
        "FreeBSD, freebsd",
        "z/OS, zos",
    })
    void shouldNameTheSystemAsTheJarsFoldersDo(String java, String expected) {
        assertThat(Platform.osName(java)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "amd64, x86_64",
        "x86_64, x86_64",
        "x86-64, x86_64",
        "AMD64, x86_64",
        "aarch64, aarch64",
        "arm64, aarch64",
        "riscv64, riscv64",
    })
    void shouldNameTheProcessorAsTheJarsFoldersDo(String java, String expected) {
        assertThat(Platform.archName(java)).isEqualTo(expected);
    }

    @Test
    void shouldNotDependOnTheLanguageOfTheUser() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(Platform.osName("WINDOWS 11")).isEqualTo("windows");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "linux, libzmq.so",
        "macos, libzmq.dylib",
        "windows, libzmq.dll",
        "freebsd, libzmq.so"
    })
    void shouldKnowTheFileNameOfTheBundledLibrary(String os, String expected) {
        var platform = new Platform(os, "x86_64", "system");

        assertThat(platform.bundledName()).isEqualTo(expected);
        assertThat(platform.folder()).isEqualTo(os + "-x86_64");
    }

    @Test
    void shouldSayWhichCLibraryRunsTheJvm() {
        assertThat(new Platform("linux", "x86_64", "musl")).hasToString("linux-x86_64 (musl)");
        assertThat(new Platform("macos", "aarch64", "system")).hasToString("macos-aarch64");
    }

    @Test
    void shouldKnowTheCurrentPlatform() {
        Platform current = Platform.current();

        assertThat(current.os()).isNotBlank().isEqualTo(current.os().toLowerCase(Locale.ROOT));
        assertThat(current.arch()).isNotBlank();
        assertThat(current.libc()).isIn("glibc", "musl", "system");
    }
}
