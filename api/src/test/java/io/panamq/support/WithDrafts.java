// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import io.panamq.Capability;
import io.panamq.Zmq;
import io.panamq.bindings.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** The base of the tests of draft sockets: they are skipped where libzmq was built without. */
public abstract class WithDrafts extends WithContext {
    @BeforeEach
    protected void requireDrafts() {
        Assumptions.assumeTrue(Zmq.has(Capability.DRAFT), "this libzmq was built without drafts");
    }

    /** Skips a test where udp is not safe. */
    protected static void requireUdp() {
        Assumptions.assumeTrue(NativeLibrary.isHardened("udp"), "this libzmq lacks the edit 'udp'");
    }

    /** Returns endpoints to bind, one for each transport. */
    public static Stream<String> endpoints() {
        Stream<String> stable = Stream.of(Transport.values()).map(Transport::fresh);
        return Zmq.has(Capability.WS)
                ? Stream.concat(stable, Stream.of("ws://127.0.0.1:*"))
                : stable;
    }

    /** Returns a port of udp that was free just now. */
    protected static int freeUdpPort() {
        try (var probe =
                new java.net.DatagramSocket(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
