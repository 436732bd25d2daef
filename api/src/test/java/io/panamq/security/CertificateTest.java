// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Capability;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.Zmq;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests certificates and their files, also those of other libraries. */
class CertificateTest {
    /** The pair of the ZeroMQ documentation, which is no secret. */
    private static final CurveKeyPair KEYS =
            new CurveKeyPair(
                    "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID",
                    "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs");

    @TempDir Path folder;

    @Test
    void shouldReadBackWhatItWrote() throws IOException {
        Certificate made =
                Certificate.of(KEYS)
                        .with("name", "Anna \"the boss\" Müller")
                        .with("e.mail", "it's = anna@example.org # not a comment")
                        .with("empty", "");
        Path file = folder.resolve("anna.key");
        made.save(file);

        Certificate own = Certificate.load(folder.resolve("anna.key_secret"));
        Certificate others = Certificate.load(file);

        assertThat(own).isEqualTo(made).hasSameHashCodeAs(made);
        assertThat(own.keys()).isEqualTo(KEYS);
        assertThat(others.hasSecretKey()).isFalse();
        assertThat(others.publicKey()).isEqualTo(KEYS.publicKey());
        assertThat(others.metadata()).isEqualTo(made.metadata()).hasSize(3);
        assertThat(Files.readString(file)).doesNotContain(KEYS.secretKey());
        assertThatThrownBy(others::keys).isInstanceOf(IllegalStateException.class);
        try (var files = Files.list(folder)) {
            assertThat(files).as("no temporary file is left").hasSize(2);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldLetOnlyTheOwnerReadTheSecretFile() throws IOException {
        Path file = folder.resolve("anna.key");
        Path secret = folder.resolve("anna.key_secret");
        Files.writeString(secret, "an old one that everybody may read");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-rw-rw-"));

        Certificate.of(KEYS).save(file);

        assertThat(Files.getPosixFilePermissions(secret))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Test
    void shouldMakeNewKeysEachTime() {
        assumeTrue(Zmq.has(Capability.CURVE));
        Certificate one = Certificate.generate();

        assertThat(Curve.publicKey(one.keys().secretKey())).isEqualTo(one.publicKey());
        assertThat(one).isNotEqualTo(Certificate.generate());
    }

    // ---- files of others

    @ParameterizedTest
    @ValueSource(strings = {"czmq", "pyzmq"})
    void shouldReadTheFilesOfOtherLibraries(String library) throws Exception {
        Path file = Path.of(CertificateTest.class.getResource("/certificates/" + library).toURI());

        Certificate own = Certificate.load(file.resolveSibling(library + "_secret"));
        Certificate others = Certificate.load(file);

        assertThat(own.keys()).isEqualTo(KEYS);
        assertThat(own.metadata()).containsEntry("name", "Anna").containsEntry("team", "blue");
        assertThat(others.publicKey()).isEqualTo(KEYS.publicKey());
        assertThat(others.hasSecretKey()).isFalse();
    }

    @Test
    void shouldReadValuesInEveryForm() {
        String text =
                "curve\r\n\tpublic-key='"
                        + KEYS.publicKey()
                        + "'\r\nmetadata\n  a = plain # comment\n  b=\"# none\" # one\n"
                        + "        c   =   x = y\n    d =\nother\n    curve = 1\n    nonsense\n"
                        + "metadata\n    e = \"Anna \"A\" B\"  # two\n1.0 = top\n";

        CertificateFile file = CertificateFile.parse(text);

        assertThat(file.publicKey()).isEqualTo(KEYS.publicKey());
        assertThat(file.metadata())
                .isEqualTo(
                        Map.of(
                                "a",
                                "plain",
                                "b",
                                "# none",
                                "c",
                                "x = y",
                                "d",
                                "",
                                "e",
                                "Anna \"A\" B"));
    }

    // ---- garbage

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "curve\n",
                "curve\n    public-key = \"short\"\n",
                "curve\n    public-key = \"Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID\n",
                "curve\n    public-key\n",
                "curve\n    = \"value\"\n",
                "metadata\n    public-key = \"Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID\"\n",
                "public-key = \"Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID\"\n",
                """
                curve
                    public-key = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"
                    secret-key = "D:)Q[IlAW"
                """,
            })
    void shouldRefuseWhatIsNoCertificateWithoutShowingIt(String text) throws IOException {
        Path file = folder.resolve("garbage");
        Files.writeString(file, text);

        assertThatThrownBy(() -> Certificate.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("garbage is no certificate: ")
                .hasNoCause()
                .message()
                .doesNotContain("Yne@", "short", "D:)Q");
    }

    /** Every handshake with them would fail, without a word. */
    @Test
    void shouldRefuseKeysThatDoNotBelongTogether() throws IOException {
        Path file = folder.resolve("mixed.key_secret");
        Certificate.generate().save(folder.resolve("mixed.key"));
        String key = Certificate.load(file).publicKey();
        String other = Certificate.generate().publicKey();
        Files.writeString(file, Files.readString(file).replace(key, other));

        assertThatThrownBy(() -> Certificate.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its two keys do not belong together");
    }

    @Test
    void shouldNotWriteWhatItCouldNotRead() {
        Path file = folder.resolve("long.key");
        Certificate tooLong = Certificate.generate().with("notes", "x".repeat(65_536));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> tooLong.save(file))
                .withMessageContaining("up to 65536 bytes");
        assertThat(file).doesNotExist();
        assertThat(folder.resolve("long.key_secret")).doesNotExist();
    }

    @Test
    void shouldRefuseAFileThatIsTooLongOrMissing() throws IOException {
        Path file = folder.resolve("long");
        Files.write(file, new byte[100_000]);

        assertThatThrownBy(() -> Certificate.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too long");
        assertThatThrownBy(() -> Certificate.load(folder.resolve("missing")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Certificate.of(KEYS).save(folder.resolve("no/such/folder")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Certificate.of(KEYS).save(Path.of("/")))
                .isInstanceOf(IOException.class);
    }

    @Property(tries = 2000)
    void shouldSurviveGarbage(@ForAll @Size(max = 300) byte[] garbage) {
        parse(new String(garbage, StandardCharsets.UTF_8));
    }

    /** Such a text has the parts of a certificate in any order. */
    @Property(tries = 2000)
    void shouldSurviveWhatLooksLikeACertificate(
            @ForAll @Size(max = 20)
                    List<
                                    @StringLength(max = 12)
                                    @Chars({'=', '"', '\'', '#', ' ', '\t', '\n', '\r', '\0', 'a'})
                                    String>
                            parts) {
        var text = new StringBuilder("curve\n public-key = " + KEYS.publicKey() + "\nmetadata\n");
        for (String part : parts) {
            text.append(' ').append(part).append("\n\tb=").append(part).append('\n');
        }
        parse(text.toString());
    }

    private static void parse(String text) {
        try {
            assertThat(CertificateFile.parse(text).publicKey()).hasSize(40);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageNotContaining(KEYS.publicKey()).hasNoCause();
        }
    }

    @Property(tries = 500)
    void shouldReadBackEveryValueThatItTakes(
            @ForAll @StringLength(max = 60) @CharRange(from = ' ', to = '\u20AC') String value) {
        Certificate certificate = Certificate.of(KEYS);
        String text;
        try {
            text =
                    CertificateFile.format(
                            KEYS.publicKey(), null, certificate.with("a", value).metadata());
        } catch (IllegalArgumentException e) {
            assertThat(value).matches("(?s).*(\\p{Cntrl}|[\\x7f-\\x9f]|'.*\"|\".*').*");
            return;
        }

        assertThat(CertificateFile.parse(text).metadata()).containsExactly(Map.entry("a", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a=b", "a\n", "#a", "\"a\"", "ä"})
    void shouldRefuseNamesThatAFileCannotHave(String name) {
        assertThatThrownBy(() -> Certificate.of(KEYS).with(name, "value"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ---- secrets

    @Test
    void shouldWipeTheSecretKey() {
        CurveKeyPair keys = new CurveKeyPair(KEYS.publicKey(), KEYS.secretKey());
        Certificate certificate = Certificate.of(keys).with("name", "Anna");

        certificate.destroy();
        certificate.destroy();

        assertThat(keys.isDestroyed()).isTrue();
        assertThat(certificate.hasSecretKey()).isTrue();
        assertThatThrownBy(keys::secretKey)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("destroyed");
        assertThatThrownBy(() -> certificate.save(folder.resolve("a")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(folder).isEmptyDirectory();
        Certificate.ofPublicKey(KEYS.publicKey()).destroy();
    }

    @Test
    void shouldNeverShowTheSecretKey() {
        Certificate certificate = Certificate.of(KEYS);

        assertThat(certificate.toString() + certificate.keys() + List.of(certificate))
                .contains(KEYS.publicKey())
                .doesNotContain(KEYS.secretKey());
        assertThatThrownBy(() -> Certificate.ofPublicKey(KEYS.secretKey() + "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(KEYS.secretKey());
    }
}
