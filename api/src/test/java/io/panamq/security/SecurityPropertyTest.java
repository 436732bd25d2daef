// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.panamq.CurveKeyPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Gives anything to whatever reads addresses, keys and certificates: it is taken, and means then
 * what it says, or it is refused with a text of ours.
 */
class SecurityPropertyTest {
    /** The pair of the ZeroMQ documentation, which is no secret. */
    private static final CurveKeyPair KEYS =
            new CurveKeyPair(
                    "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID",
                    "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs");

    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("certificates");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    // ---- addresses

    @Provide
    Arbitrary<String> ranges() {
        Arbitrary<String> part =
                Arbitraries.of(
                        "10", "0", "255", "256", "010", ".", ":", "::", "ffff", "::1", "/", "8",
                        "32", "128", "999", "-1", "%lo", " ", "ipc", "1.2.3.4", "fe80", "é", "\0",
                        "[", "]");
        Arbitrary<String> parts =
                part.array(String[].class).ofMaxSize(7).map(all -> String.join("", all));
        Arbitrary<String> numbers =
                Combinators.combine(
                                Arbitraries.integers()
                                        .between(-1, 256)
                                        .array(Integer[].class)
                                        .ofMinSize(3)
                                        .ofMaxSize(5),
                                Arbitraries.integers().between(-1, 34))
                        .as(
                                (bytes, prefix) ->
                                        String.join(
                                                        ".",
                                                        Arrays.stream(bytes)
                                                                .map(String::valueOf)
                                                                .toList())
                                                + (prefix < 0 ? "" : "/" + prefix));
        return Arbitraries.oneOf(parts, numbers, Arbitraries.strings().ofMaxLength(20));
    }

    @Property(tries = 600)
    void shouldContainTheStartOfARangeOrRefuseTheText(@ForAll("ranges") String text) {
        ZapRequest request = new ZapRequest("", start(text), "", new ZapCredentials.Null());
        Boolean[] contains = new Boolean[1];
        Throwable thrown = catchThrowable(() -> contains[0] = request.isFrom(text));

        if (thrown == null) {
            assertThat(contains[0]).as("'%s' contains its start", text).isTrue();
        } else {
            assertThat(thrown)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + text + "'")
                    .hasNoCause();
        }
    }

    private static String start(String range) {
        int slash = range.indexOf('/');
        return slash < 0 ? range : range.substring(0, slash);
    }

    /** What libzmq calls the address of a peer may be anything, such as the ids of an ipc peer. */
    @Property(tries = 300)
    void shouldCompareAnyAddress(@ForAll("ranges") String address) {
        var request = new ZapRequest("", address, "", new ZapCredentials.Null());

        boolean four = request.isFrom("0.0.0.0/0");
        boolean six = request.isFrom("::/0");
        boolean ipc = request.isFrom("ipc");

        assertThat(new boolean[] {four, six, ipc}).as("exactly one").containsOnlyOnce(true);
    }

    // ---- keys

    @Provide
    Arbitrary<String> keys() {
        Arbitrary<String> any = Arbitraries.strings().ofMinLength(38).ofMaxLength(42);
        Arbitrary<String> near =
                Combinators.combine(
                                Arbitraries.integers().between(0, 39),
                                Arbitraries.chars().range(' ', '\u0101'))
                        .as(
                                (index, letter) ->
                                        new StringBuilder(KEYS.publicKey())
                                                .replace(index, index + 1, letter.toString())
                                                .toString());
        return Arbitraries.oneOf(any, near);
    }

    @Property(tries = 400)
    void shouldKeepOrRefuseAnyKeyWithoutShowingIt(@ForAll("keys") String key) {
        Throwable pair =
                catchThrowable(
                        () -> assertThat(new CurveKeyPair(key, key).secretKey()).isEqualTo(key));
        Throwable certificate =
                catchThrowable(
                        () -> assertThat(Certificate.ofPublicKey(key).publicKey()).isEqualTo(key));

        assertThat(certificate == null).isEqualTo(pair == null);
        for (Throwable thrown : new Throwable[] {pair, certificate}) {
            if (thrown != null) {
                assertThat(thrown)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("Z85")
                        .hasMessageNotContaining(key)
                        .hasNoCause();
            }
        }
    }

    // ---- files

    /** What editors and accidents make of the file of a certificate. */
    @Provide
    Arbitrary<byte[]> files() {
        byte[] good =
                CertificateFile.format(
                                KEYS.publicKey(),
                                KEYS,
                                Certificate.of(KEYS).with("name", "Anna").metadata())
                        .getBytes(StandardCharsets.UTF_8);
        Arbitrary<Integer> at = Arbitraries.integers().between(0, good.length - 1);
        Arbitrary<byte[]> half = at.map(end -> Arrays.copyOf(good, end));
        Arbitrary<byte[]> changed =
                Combinators.combine(at, Arbitraries.bytes())
                        .as(
                                (index, value) -> {
                                    byte[] copy = good.clone();
                                    copy[index] = value;
                                    return copy;
                                });
        String[] lines = new String(good, StandardCharsets.UTF_8).split("(?<=\n)", -1);
        Arbitrary<byte[]> inserted =
                Combinators.combine(
                                Arbitraries.integers().between(0, lines.length - 1),
                                Arbitraries.of(
                                        "\uFEFF",
                                        "\r",
                                        "\r\n",
                                        "\0",
                                        "\"",
                                        "#",
                                        "=",
                                        "curve\n",
                                        " name = Berta\n",
                                        " a = \"x\0y\"\n",
                                        " a = \"\r\t'\"\n",
                                        " b = \"a\"' #x\"\n",
                                        " b = 'a\"' #' #'\n",
                                        " \u00A0name\u2003= \u00E9\n",
                                        " " + "n".repeat(300) + "=1\n",
                                        "x".repeat(70_000)))
                        .as((index, text) -> inserted(lines, index, text));
        Arbitrary<byte[]> garbage = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        return Arbitraries.oneOf(half, changed, inserted, garbage);
    }

    private static byte[] inserted(String[] lines, int at, String text) {
        List<String> all = new ArrayList<>(List.of(lines));
        all.add(at, text);
        return String.join("", all).getBytes(StandardCharsets.UTF_8);
    }

    @Property(tries = 600)
    void shouldReadAFileAndWriteItAgainOrRefuseIt(@ForAll("files") byte[] content)
            throws IOException {
        Path file = Files.write(folder.resolve("any"), content);
        Certificate read;
        try {
            read = Certificate.load(file);
        } catch (IOException e) {
            assertThat(e)
                    .hasMessageStartingWith(file + " is no certificate: ")
                    .hasMessageNotContaining(KEYS.secretKey())
                    .hasNoCause();
            return;
        }

        Path copy = folder.resolve("copy");
        read.save(copy);

        Path all = read.hasSecretKey() ? folder.resolve("copy_secret") : copy;
        assertThat(Certificate.load(all)).isEqualTo(read);
        assertThat(Certificate.load(copy).metadata()).isEqualTo(read.metadata());
    }

    /** Notepad and others begin a file with the mark of UTF-8. */
    @Property(tries = 20)
    void shouldReadAFileOfWindows(@ForAll boolean comment) throws IOException {
        String text = CertificateFile.format(KEYS.publicKey(), KEYS, Map.of("a", "b"));
        String begin = text.substring(comment ? 0 : text.indexOf("metadata"));
        Path file = folder.resolve("windows");
        Files.writeString(file, "\uFEFF" + begin.replace("\n", "\r\n"));

        Certificate read = Certificate.load(file);

        assertThat(read.keys()).isEqualTo(KEYS);
        assertThat(read.metadata()).containsExactly(Map.entry("a", "b"));
    }

    @Property(tries = 200)
    void shouldLetInAGoodCertificateBesideAnyFile(@ForAll("files") byte[] content)
            throws IOException {
        Path apart =
                Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-store"));
        Path any = Files.write(apart.resolve("any"), content);
        Path good = apart.resolve("good");
        CurveKeyPair other =
                new CurveKeyPair(
                        "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7",
                        "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6");
        try {
            Certificate.of(other).savePublic(good);
            CertificateStore store = CertificateStore.open(apart);
            DomainRules rules = new DomainRules();
            rules.stores.add(store);

            assertThat(rules.accept(new ZapCredentials.Curve(other.publicKey()))).isNotNull();
            // Whatever notes a certificate has, they do not keep its owner out.
            if (store.size() == 2) {
                assertThat(rules.accept(new ZapCredentials.Curve(KEYS.publicKey()))).isNotNull();
            }
        } finally {
            Files.deleteIfExists(any);
            Files.deleteIfExists(good);
            Files.delete(apart);
        }
    }

    // ---- replies

    @Property(tries = 300)
    void shouldKeepOrRefuseAnyReply(
            @ForAll String userId, @ForAll String name, @ForAll String value) {
        Throwable thrown =
                catchThrowable(
                        () -> {
                            ZapReply reply = ZapReply.accept(userId).with(name, value);
                            assertThat(reply.userId()).isEqualTo(userId);
                            assertThat(reply.metadata()).containsEntry(name, value);
                        });

        if (thrown != null) {
            assertThat(thrown).isInstanceOf(IllegalArgumentException.class).hasNoCause();
        }
    }
}
