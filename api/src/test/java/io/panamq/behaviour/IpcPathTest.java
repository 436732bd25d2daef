// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketOption;
import io.panamq.bindings.NativeLibrary;
import io.panamq.error.Errno;
import io.panamq.error.ZmqException;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.WithContext;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What bind does to a path of ipc where something is already. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "makes files of all types")
class IpcPathTest extends WithContext {
    @TempDir Path folder;

    private void assertRefused(Path path) {
        try (PullSocket pull = context.pull()) {
            assertThatThrownBy(() -> pull.bind("ipc://" + path))
                    .isInstanceOfSatisfying(
                            ZmqException.class,
                            e -> assertThat(e.errno()).isEqualTo(Errno.EADDRINUSE))
                    .hasMessageContaining("a file that is no socket");
        }
        assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void shouldLeaveAPipeAlone() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        assertRefused(pipe);
    }

    @Test
    void shouldLeaveALinkAlone() throws IOException {
        assertRefused(Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("no")));
        try (PullSocket pull = context.pull()) {
            Path target = folder.resolve("socket");
            pull.bind("ipc://" + target);
            assertRefused(Files.createSymbolicLink(folder.resolve("link"), target));
        }
    }

    @Test
    void shouldLeaveADeviceAlone() {
        assertRefused(Path.of("/dev/null"));
    }

    @Test
    void shouldNotTakeOverAnEndpointWhereSomebodyAnswers() {
        PullSocket first = context.pull();
        String endpoint = first.bind("ipc://" + folder.resolve("live"));

        assertRefused(folder.resolve("live"));
        PushSocket push = context.push();
        push.connect(endpoint);
        push.send("still the first one");
        assertThat(first.receiveString(Deadline.LIMIT)).contains("still the first one");
    }

    @RepeatedTest(20)
    void shouldLetOneOfTwoThreadsHaveIt() throws Exception {
        String endpoint = "ipc://" + folder.resolve("both");
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<Boolean> bind =
                () -> {
                    PullSocket socket = context.pull();
                    together.await();
                    try {
                        socket.bind(endpoint);
                        return true;
                    } catch (ZmqException e) {
                        assertThat(e.errno()).isEqualTo(Errno.EADDRINUSE);
                        return false;
                    }
                };

        Background<Boolean> other = Background.start(bind);

        assertThat(bind.call()).isNotEqualTo(other.result());
    }

    /** Such as a daemon that is no ZeroMQ peer. */
    @Test
    void shouldNotTakeOverTheSocketOfAnotherProgram() throws IOException {
        Path path = folder.resolve("daemon");
        try (ServerSocketChannel daemon = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            // The queue of the listener is full after the first of our looks at it.
            daemon.bind(UnixDomainSocketAddress.of(path), 1);
            for (int i = 0; i < 4; i++) {
                assertRefused(path);
            }
        }
    }

    @Test
    void shouldTakeOverWhatAnEndedProcessLeft() throws IOException {
        Path path = folder.resolve("stale");
        ServerSocketChannel gone = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        gone.bind(UnixDomainSocketAddress.of(path));
        gone.close();
        assertThat(path).exists();

        PullSocket pull = context.pull();
        PushSocket push = context.push();
        push.connect(pull.bind("ipc://" + path));
        push.send("taken over");
        assertThat(pull.receiveString(Deadline.LIMIT)).contains("taken over");
    }

    @Test
    void shouldBindAnAbstractNameWhateverTheFolderHolds() throws IOException {
        assumeTrue(NativeLibrary.isHardened("abstract"), "this libzmq deletes the file");
        // The name of a file in the working folder, with which an abstract name has nothing to do.
        Path file = Files.createTempFile(Path.of(""), "@abstract", "");
        try {
            PullSocket pull = context.pull();
            PushSocket push = context.push();
            push.connect(pull.bind("ipc://" + file.getFileName()));
            push.send("abstract");
            assertThat(pull.receiveString(Deadline.LIMIT)).contains("abstract");
            assertThat(file).exists().isEmptyFile();
        } finally {
            Files.delete(file);
        }
    }

    /** The mode follows the umask of the process, and may be narrowed after bind. */
    @Test
    void shouldMakeASocketFileWhosePermissionsCanBeSet() throws IOException {
        Path path = folder.resolve("private");
        PullSocket pull = context.pull();
        pull.bind("ipc://" + path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));

        assertThat((int) Files.getAttribute(path, "unix:mode")).isEqualTo(0140600);
        PushSocket push = context.push();
        push.connect(pull.get(SocketOption.LAST_ENDPOINT));
        push.send("ours");
        assertThat(pull.receiveString(Deadline.LIMIT)).contains("ours");
    }

    /** The end of the first listener must not delete the file of the second. */
    @Test
    void shouldBindAPathAgainAsSoonAsItIsGivenUp() {
        String endpoint = "ipc://" + folder.resolve("again");
        for (int i = 0; i < 100; i++) {
            PullSocket pull = context.pull();
            Deadline.until("the path is free", () -> isBound(pull, endpoint));
            PushSocket push = context.push();
            push.connect(endpoint);
            push.send("round " + i);
            assertThat(pull.receiveString(Deadline.LIMIT)).contains("round " + i);
            push.close();
            pull.close();
        }
    }

    private static boolean isBound(PullSocket pull, String endpoint) {
        try {
            pull.bind(endpoint);
            return true;
        } catch (ZmqException e) {
            assertThat(e.errno()).isEqualTo(Errno.EADDRINUSE);
            return false;
        }
    }
}
