// SPDX-License-Identifier: Apache-2.0
package io.panamq.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.panamq.Context;
import io.panamq.PullSocket;
import io.panamq.PushSocket;
import io.panamq.SocketOption;
import io.panamq.bindings.NativeLibrary;
import io.panamq.support.Background;
import io.panamq.support.Deadline;
import io.panamq.support.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests connections through a SOCKS 5 proxy that may answer anything. */
class SocksTest {
    private final Context context = Context.builder().linger(Duration.ZERO).build();

    /** Has one permit for each attempt that is over. */
    private final Semaphore attempts = new Semaphore(0);

    private ServerSocket proxy;

    /** The answers of a proxy: first to the greeting, then to the request. */
    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to the arrays
    enum Answer {
        NOTHING(0, 0),
        NO_METHOD(2, 0, 5, 0xFF),
        OTHER_VERSION(2, 0, 4, 0),
        NOT_ALLOWED(2, 0, 5, 0, 5, 2, 0, 1, 0, 0, 0, 0, 0, 0),
        NO_SUCH_ADDRESS_TYPE(2, 0, 5, 0, 5, 0, 0, 9, 0),
        LONG_NAME(2, 257, 5, 0, 5, 0, 0, 3, 255),
        ENDLESS_NAME(2, 100_000, 5, 0, 5, 0, 0, 3, 128),
        ENDLESS_ADDRESS(2, 100_000, 5, 0, 5, 0, 0, 1, 1);

        final byte[] first;
        final byte[] second;

        Answer(int first, int more, int... bytes) {
            byte[] all = new byte[bytes.length + more];
            // The bytes behind an accepted answer are not a valid greeting either.
            Arrays.fill(all, (byte) 0xFF);
            for (int i = 0; i < bytes.length; i++) {
                all[i] = (byte) bytes[i];
            }
            this.first = Arrays.copyOf(all, first);
            this.second = Arrays.copyOfRange(all, first, all.length);
        }
    }

    @BeforeEach
    void startProxy() throws IOException {
        assumeTrue(NativeLibrary.isHardened("socks"), "another libzmq is not allowed to");
        proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        assertThat(context.close(Deadline.LIMIT).terminated()).isTrue();
        if (proxy != null) {
            proxy.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Answer.class)
    void shouldSurviveWhateverTheProxyAnswers(Answer answer) throws Exception {
        Background<Void> serving = Background.run(() -> serve(answer));
        try (PushSocket push = context.push()) {
            push.set(SocketOption.RECONNECT_IVL, Duration.ofMillis(1));
            push.set(SocketOption.SOCKS_PROXY, "127.0.0.1:" + proxy.getLocalPort());
            push.connect(Transport.nowhere());
            assertThat(push.trySend("queued")).isTrue();
            // libzmq tries again when the proxy refuses its request, but not after nonsense from
            // the peer.
            int least = answer.second.length > 100 ? 1 : 3;
            assertThat(attempts.tryAcquire(least, 10, TimeUnit.SECONDS)).isTrue();
        }
        proxy.close();
        assertThat(serving.result()).isNull();
    }

    private void serve(Answer answer) {
        while (!proxy.isClosed()) {
            try (var peer = proxy.accept()) {
                InputStream in = peer.getInputStream();
                OutputStream out = peer.getOutputStream();
                if (in.read(new byte[300]) < 0) {
                    continue;
                }
                // The answer comes in pieces, and a read may end anywhere.
                peer.setTcpNoDelay(true);
                out.write(answer.first);
                if (answer.second.length > 0 && in.read(new byte[300]) > 0) {
                    for (int i = 0; i < Math.min(100, answer.second.length); i++) {
                        out.write(answer.second, i, 1);
                    }
                    out.write(answer.second, 0, answer.second.length);
                }
            } catch (IOException e) {
                // The other side has closed the connection, or the test is over.
            }
            attempts.release();
        }
    }

    @Test
    void shouldConnectThroughAProxy() throws Exception {
        PullSocket pull = context.pull();
        String endpoint = pull.bind("tcp://127.0.0.1:*");
        Background<Void> serving = Background.run(() -> relay(endpoint));
        PushSocket push = context.push();
        push.set(SocketOption.SOCKS_PROXY, "127.0.0.1:" + proxy.getLocalPort());
        push.connect(endpoint);
        push.send("through");
        assertThat(Deadline.text(pull)).isEqualTo("through");
        push.close();
        assertThat(serving.result()).isNull();
    }

    /** Serves one connection, and copies both ways until it ends. */
    private void relay(String endpoint) {
        int port = Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
        try (var client = proxy.accept();
                var server = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            client.getInputStream().readNBytes(3);
            client.getOutputStream().write(new byte[] {5, 0});
            client.getInputStream().readNBytes(4 + 4 + 2); // an IPv4 address
            client.getOutputStream().write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
            Background<Void> back = Background.run(() -> copy(server, client));
            copy(client, server);
            server.shutdownOutput();
            assertThat(back.result()).isNull();
        } catch (IOException e) {
            throw new AssertionError("the proxy failed", e);
        }
    }

    private static void copy(java.net.Socket from, java.net.Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of the two ends has closed it.
        }
    }
}
