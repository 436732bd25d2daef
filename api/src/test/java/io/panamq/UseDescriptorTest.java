// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.panamq.support.Deadline;
import io.panamq.support.Fds;
import io.panamq.support.WithContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests ZMQ_USE_FD: binds listen on a descriptor that somebody else made. */
@EnabledOnOs(OS.LINUX)
class UseDescriptorTest extends WithContext {
    private static ServerSocketChannel listening() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.INET)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static int port(ServerSocketChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /** Returns the descriptor of the socket of a line of a table of the kernel. */
    private static int descriptor(String table, String pattern, int field) throws IOException {
        for (String line : Files.readAllLines(Path.of(table))) {
            String[] fields = line.strip().split("\\s+");
            if (line.matches(pattern) && !fields[field].equals("0")) { // 0: nobody has it any more
                return descriptor("socket:[" + fields[field] + "]");
            }
        }
        throw new AssertionError("no line " + pattern + " in " + table);
    }

    private static int descriptor(String target) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            for (Path each : all.toList()) {
                if (Files.isSymbolicLink(each) && linkOf(each).equals(target)) {
                    return Integer.parseInt(each.getFileName().toString());
                }
            }
        }
        throw new AssertionError("no descriptor of " + target);
    }

    private static String linkOf(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    private static int tcpDescriptor(int port) throws IOException {
        return descriptor("/proc/net/tcp", "\\s*\\d+: [0-9A-F]+:%04X .*".formatted(port), 9);
    }

    @Test
    void shouldListenOnATcpSocketWhichStaysTheCallers() throws IOException {
        try (ServerSocketChannel channel = listening()) {
            int fd = tcpDescriptor(port(channel));
            for (int round = 0; round < 3; round++) {
                try (PullSocket pull = context.pull();
                        PushSocket push = context.push()) {
                    pull.set(SocketOption.USE_FD, fd);
                    assertThat(pull.get(SocketOption.USE_FD)).isEqualTo(fd);
                    String endpoint = pull.bind("tcp://127.0.0.1:*");
                    assertThat(endpoint).isEqualTo("tcp://127.0.0.1:" + port(channel));
                    push.connect(endpoint);
                    push.send("round " + round);
                    assertThat(Deadline.text(pull)).isEqualTo("round " + round);
                }
            }
            assertThat(channel.isOpen()).isTrue();
            assertThat(tcpDescriptor(port(channel))).isEqualTo(fd);
        }
    }

    /** libzmq would end the process when it adds one descriptor twice. */
    @Test
    void shouldServeTwoSocketsWithOneDescriptor() throws IOException {
        int before = Fds.count();
        try (ServerSocketChannel channel = listening();
                Context other = Context.create();
                PullSocket pull = other.pull()) {
            int fd = tcpDescriptor(port(channel));
            pull.set(SocketOption.USE_FD, fd);
            pull.bind("tcp://127.0.0.1:*");
            String endpoint = pull.bind("tcp://127.0.0.1:*");
            try (PushSocket push = other.push()) {
                push.connect(endpoint);
                push.send("x");
                assertThat(Deadline.text(pull)).isEqualTo("x");
            }
        }
        Fds.awaitNoMoreThan(before);
    }

    @Test
    void shouldListenOnAnIpcSocket(@TempDir Path temp) throws IOException {
        Path path = temp.resolve("s");
        try (ServerSocketChannel channel =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                                .bind(UnixDomainSocketAddress.of(path));
                PullSocket pull = context.pull();
                PushSocket push = context.push()) {
            pull.set(SocketOption.USE_FD, descriptor("/proc/net/unix", ".* " + path, 6));
            assertThatThrownBy(() -> pull.bind("tcp://127.0.0.1:*"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is a socket for ipc://");
            push.connect(pull.bind("ipc://" + path));
            push.send("x");
            assertThat(Deadline.text(pull)).isEqualTo("x");
            assertThat(channel.isOpen()).isTrue();
        }
        assertThat(path).as("the file is the caller's").exists();
    }

    @Test
    void shouldRefuseWhatLibzmqEndsTheProcessOver() throws IOException {
        try (ServerSocketChannel channel = listening();
                SocketChannel client = SocketChannel.open(StandardProtocolFamily.INET);
                PullSocket pull = context.pull()) {
            assertThat(client.connect(channel.getLocalAddress())).isTrue();
            int clientPort = ((InetSocketAddress) client.getLocalAddress()).getPort();
            int connected = tcpDescriptor(clientPort);
            for (int fd : List.of(0, connected, 987_654, Integer.MAX_VALUE)) {
                assertThatThrownBy(() -> pull.set(SocketOption.USE_FD, fd))
                        .as("descriptor %s", fd)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("descriptor " + fd + " is no listening");
            }
            int fd = tcpDescriptor(port(channel));
            pull.set(SocketOption.USE_FD, fd);
            assertThatThrownBy(() -> pull.bind("ipc:///tmp/never"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is a socket for tcp://");
            int gone;
            try (ServerSocketChannel late = listening()) {
                gone = tcpDescriptor(port(late));
                pull.set(SocketOption.USE_FD, gone);
            }
            assertThatThrownBy(() -> pull.bind("tcp://127.0.0.1:*"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("descriptor " + gone + " is no listening");
            pull.set(SocketOption.USE_FD, -1);
            assertThat(pull.bind("tcp://127.0.0.1:*")).startsWith("tcp://127.0.0.1:");
        }
    }
}
