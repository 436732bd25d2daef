// SPDX-License-Identifier: Apache-2.0
package io.panamq.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Capability;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.Zmq;
import io.panamq.support.Deadline;
import io.panamq.support.Logged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a store follows its folder. */
@SuppressWarnings("try") // what is open for the time of a block only
class CertificateStoreTest extends WithPeers {
    @TempDir Path folder;

    @Test
    void shouldFollowItsFolder() throws IOException {
        Certificate anna = Certificate.generate().with("name", "Anna");
        Certificate berta = Certificate.generate();
        anna.save(folder.resolve("anna.key"));
        Files.createDirectory(folder.resolve("folder"));
        CertificateStore store = CertificateStore.open(folder);
        assertThat(store.size()).isEqualTo(1);
        assertThat(store.find(anna.publicKey()).orElseThrow().metadata())
                .containsEntry("name", "Anna");
        assertThat(store.find(anna.publicKey()).orElseThrow().hasSecretKey()).isFalse();
        assertThat(store.find(berta.publicKey())).isEmpty();

        berta.savePublic(folder.resolve("berta.key"));
        Deadline.until("Berta came", () -> store.find(berta.publicKey()).isPresent());
        anna.with("name", "Otto").save(folder.resolve("anna.key"));
        Deadline.until(
                "Anna has another name",
                () ->
                        store.find(anna.publicKey())
                                .filter(found -> found.metadata().get("name").equals("Otto"))
                                .isPresent());
        // It is written in place, with the same size, and soon after the last look.
        Path file = folder.resolve("anna.key");
        Files.writeString(file, Files.readString(file).replace("Otto", "Emil"));
        Deadline.until(
                "and again another one",
                () ->
                        store.find(anna.publicKey())
                                .filter(found -> found.metadata().get("name").equals("Emil"))
                                .isPresent());
        Files.delete(file);
        Deadline.until("Anna left", () -> store.find(anna.publicKey()).isEmpty());
        assertThat(store.find(berta.publicKey())).isPresent();
    }

    @Test
    void shouldLeaveOutWhatIsNoCertificateAndSayWhy() throws IOException {
        Certificate anna = Certificate.generate();
        anna.savePublic(folder.resolve("anna.key"));
        Files.writeString(folder.resolve("README"), "curve\n    public-key = \"hidden\"\n");
        try (var logged = Logged.at(CertificateStore.class.getName())) {
            CertificateStore store = CertificateStore.open(folder);

            logged.await("WARNING: left out: ", "README is no certificate: ");
            assertThat(store.size()).isEqualTo(1);
        }
    }

    /** Such as a file of a log, which grows in the same folder. */
    @Test
    void shouldSayOnceThatAFileIsNoCertificate() throws IOException {
        Files.writeString(folder.resolve("README"), "nothing");
        try (var logged = Logged.at(CertificateStore.class.getName())) {
            CertificateStore store = CertificateStore.open(folder);
            Certificate anna = Certificate.generate();
            anna.savePublic(folder.resolve("anna.key"));
            Deadline.until("Anna came", () -> store.find(anna.publicKey()).isPresent());

            assertThat(logged.records()).hasSize(1);
        }
    }

    /** As {@code cp -p} and archives leave it. */
    @Test
    void shouldSeeAFileOfTheSameSizeAndTime() throws IOException {
        Path file = folder.resolve("anna.key");
        FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Certificate anna = Certificate.generate();
        Certificate berta = Certificate.generate();
        anna.savePublic(file);
        Files.setLastModifiedTime(file, old);
        CertificateStore store = CertificateStore.open(folder);
        assertThat(store.find(anna.publicKey())).isPresent();

        Files.writeString(
                file, Files.readString(file).replace(anna.publicKey(), berta.publicKey()));
        Files.setLastModifiedTime(file, old);

        Deadline.until("it has Berta's key", () -> store.find(berta.publicKey()).isPresent());
    }

    @Test
    void shouldBeEmptyWhenItsFolderIsGone() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("clients"));
        Certificate anna = Certificate.generate();
        anna.savePublic(gone.resolve("anna.key"));
        CertificateStore store = CertificateStore.open(gone);
        assertThat(store.size()).isEqualTo(1);
        Files.delete(gone.resolve("anna.key"));
        Files.delete(gone);

        try (var logged = Logged.at(CertificateStore.class.getName())) {
            Deadline.until("nobody is left", () -> store.size() == 0);
            logged.await("WARNING: ", "clients cannot be read");
        }
        Files.createDirectory(gone);
        anna.savePublic(gone.resolve("anna.key"));
        Deadline.until("Anna is back", () -> store.find(anna.publicKey()).isPresent());
    }

    @Test
    void shouldNotOpenAFolderThatIsNone() {
        assertThatThrownBy(() -> CertificateStore.open(folder.resolve("none")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldKeepCertificatesThatAreAtHandWithoutTheirSecrets() {
        Certificate anna = Certificate.generate();
        CertificateStore store = CertificateStore.of(anna, Certificate.generate());

        assertThat(store.size()).isEqualTo(2);
        assertThat(store.find(anna.publicKey()).orElseThrow().hasSecretKey()).isFalse();
        assertThat(store).hasToString("CertificateStore[2 certificates]");
        assertThat(anna.keys().isDestroyed()).isFalse();
    }

    @Test
    void shouldLetInWhoIsAddedAndRefuseWhoIsRemovedWhileItRuns() throws IOException {
        assumeTrue(Zmq.has(Capability.CURVE));
        CurveKeyPair keys = Curve.keyPair();
        Certificate anna = Certificate.generate();
        CertificateStore store = CertificateStore.open(folder);
        try (var authenticator =
                ZapAuthenticator.builder(context).acceptCurve("sales", store).start()) {
            Server server =
                    new Server(
                            Wire.TCP,
                            socket -> {
                                socket.security().curveServer(keys);
                                socket.security().authenticate("sales");
                            });
            server.awaitRefused(
                    400, client -> client.security().curveClient(keys.publicKey(), anna.keys()));

            anna.savePublic(folder.resolve("anna.key"));
            Deadline.until("Anna came", () -> store.size() == 1);
            server.awaitAccepted(
                            "hello",
                            client -> client.security().curveClient(keys.publicKey(), anna.keys()))
                    .close();
            Files.delete(folder.resolve("anna.key"));
            Deadline.until("Anna left", () -> store.size() == 0);
            server.awaitRefused(
                    400, client -> client.security().curveClient(keys.publicKey(), anna.keys()));
        }
    }
}
