// SPDX-License-Identifier: Apache-2.0
package io.panamq.error;

import io.panamq.Capability;
import io.panamq.Context;
import io.panamq.DishSocket;
import io.panamq.PairSocket;
import io.panamq.SocketOption;
import io.panamq.Zmq;
import io.panamq.bindings.NativeLibrary;
import io.panamq.support.Transport;
import io.panamq.support.Unprivileged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** The errors of bind, connect, unbind and disconnect. */
final class EndpointErrors {
    private static final Class<? extends ZmqException> PLAIN = ZmqException.class;
    private static final Class<? extends ZmqException> UNSUPPORTED =
            UnsupportedFeatureException.class;

    private EndpointErrors() {}

    static List<ErrnoCase> cases() {
        return List.of(
                bind("a port that is none", Errno.EINVAL, "tcp://127.0.0.1:x", "write a number"),
                connect("a host that is none", Errno.EINVAL, "tcp://a b:5", "is not a host"),
                unsupported("nosuch://x", Errno.EPROTONOSUPPORT, "this libzmq knows tcp, ipc"),
                unsupported("TCP://127.0.0.1:*", Errno.EPROTONOSUPPORT, "write tcp://"),
                unsupported("udp://127.0.0.1:5", Errno.ENOCOMPATPROTO, "for RADIO, DISH and"),
                unsupported("tipc://{5560,0,0}", Errno.EAFNOSUPPORT, "load its module")
                        .where(EndpointErrors::lacksTipc),
                new ErrnoCase(
                        "a RADIO binds to udp",
                        Errno.ENOCOMPATPROTO,
                        UNSUPPORTED,
                        "bind",
                        "RADIO#1",
                        "a RADIO connects",
                        (context, folder) -> context.radio().bind("udp://127.0.0.1:5"),
                        EndpointErrors::hasUdp),
                new ErrnoCase(
                        "a DISH connects to udp",
                        Errno.ENOCOMPATPROTO,
                        UNSUPPORTED,
                        "connect",
                        "DISH#1",
                        "the others bind",
                        (context, folder) -> context.dish().connect("udp://127.0.0.1:5"),
                        EndpointErrors::hasUdp),
                taken(Transport.TCP, "a free port with tcp://127.0.0.1:*"),
                taken(Transport.INPROC, "bind another one"),
                taken(Transport.IPC, "use another path"),
                bind("no local address", Errno.EADDRNOTAVAIL, "tcp://192.0.2.1:*", "use * or"),
                bind("no interface", Errno.ENODEV, "tcp://nosuchif:*", "bind to *, a numeric"),
                bind("a host name", Errno.ENODEV, "tcp://example.invalid:*", "for connect only"),
                bind("a missing folder", Errno.ENOENT, "ipc:///no/such/s", "create it first"),
                file("a file as folder", Errno.ENOTDIR, EndpointErrors::inAFile, "another path"),
                file("a long path", Errno.ENAMETOOLONG, EndpointErrors::longPath, "a shorter one"),
                file("a loop of links", Errno.UNKNOWN, EndpointErrors::loop, "symbolic links"),
                new ErrnoCase(
                        "a folder of another user",
                        Errno.EACCES,
                        PLAIN,
                        "bind",
                        "PAIR#1",
                        "another path",
                        (context, folder) -> bindWhereForbidden(context),
                        Unprivileged::isPossible),
                bind("a folder of the kernel", Errno.EPERM, "ipc:///dev/pts/s", "another path")
                        .where(() -> Unprivileged.isRoot() && Files.exists(Path.of("/dev/pts"))),
                new ErrnoCase(
                        "an endpoint that is not bound",
                        Errno.ENOENT,
                        PLAIN,
                        "unbind",
                        "PAIR#1",
                        "give the string that bind returned",
                        (context, folder) -> context.pair().unbind("tcp://127.0.0.1:5555")),
                new ErrnoCase(
                        "an endpoint that is not connected",
                        Errno.ENOENT,
                        PLAIN,
                        "disconnect",
                        "PAIR#1",
                        "that was connected",
                        (context, folder) -> context.pair().disconnect("inproc://nowhere")),
                new ErrnoCase(
                        "no I/O threads",
                        Errno.EMTHREAD,
                        PLAIN,
                        "bind",
                        "PAIR#1",
                        "ioThreads(1)",
                        (context, folder) -> bindWithoutThreads()),
                new ErrnoCase(
                        "an affinity to no thread",
                        Errno.EMTHREAD,
                        PLAIN,
                        "connect",
                        "PAIR#1",
                        "SocketOption.AFFINITY",
                        (context, folder) -> {
                            PairSocket pair = context.pair();
                            pair.set(SocketOption.AFFINITY, 1L << 40);
                            pair.connect(Transport.nowhere());
                        }),
                new ErrnoCase(
                        "too many connections to names that nobody bound",
                        Errno.EMFILE,
                        PLAIN,
                        "connect",
                        "DEALER#1",
                        "maxSockets",
                        (context, folder) -> connectToNames()),
                new ErrnoCase(
                        "a group that was joined",
                        Errno.EINVAL,
                        PLAIN,
                        "join",
                        "DISH#1",
                        "it has joined the group 'group'",
                        (context, folder) -> {
                            DishSocket dish = context.dish();
                            dish.join("group");
                            dish.join("group");
                        },
                        EndpointErrors::hasDrafts),
                new ErrnoCase(
                        "a group that was not joined",
                        Errno.EINVAL,
                        PLAIN,
                        "leave",
                        "DISH#1",
                        "it has not joined the group 'group'",
                        (context, folder) -> context.dish().leave("group"),
                        EndpointErrors::hasDrafts));
    }

    private static ErrnoCase bind(String name, Errno errno, String endpoint, String remedy) {
        return new ErrnoCase(
                name,
                errno,
                PLAIN,
                "bind",
                endpoint + " on PAIR#1",
                remedy,
                (context, folder) -> context.pair().bind(endpoint));
    }

    private static ErrnoCase connect(String name, Errno errno, String endpoint, String remedy) {
        return new ErrnoCase(
                name,
                errno,
                PLAIN,
                "connect",
                endpoint + " on PAIR#1",
                remedy,
                (context, folder) -> context.pair().connect(endpoint));
    }

    private static ErrnoCase unsupported(String endpoint, Errno errno, String remedy) {
        return new ErrnoCase(
                endpoint,
                errno,
                UNSUPPORTED,
                "bind",
                endpoint + " on PAIR#1",
                remedy,
                (context, folder) -> context.pair().bind(endpoint));
    }

    private static ErrnoCase taken(Transport transport, String remedy) {
        return new ErrnoCase(
                "taken in " + transport,
                Errno.EADDRINUSE,
                PLAIN,
                "bind",
                "PAIR#2",
                remedy,
                (context, folder) -> {
                    String endpoint = context.pair().bind(transport.fresh());
                    context.pair().bind(endpoint);
                });
    }

    private static ErrnoCase file(
            String name, Errno errno, Function<Path, Path> place, String remedy) {
        return new ErrnoCase(
                name,
                errno,
                PLAIN,
                "bind",
                "PAIR#1",
                remedy,
                (context, folder) -> context.pair().bind("ipc://" + place.apply(folder)));
    }

    private static Path inAFile(Path folder) {
        return make(() -> Files.createFile(folder.resolve("file"))).resolve("s");
    }

    private static Path longPath(Path folder) {
        return folder.resolve("x".repeat(120));
    }

    private static Path loop(Path folder) {
        Path link = folder.resolve("loop");
        return make(() -> Files.createSymbolicLink(link, link)).resolve("s");
    }

    /** The thread of the test creates no files as root, to whom nothing is forbidden. */
    private static void bindWhereForbidden(Context context) {
        PairSocket pair = context.pair();
        Unprivileged.run(() -> pair.bind("ipc:///panamq"));
    }

    private static Path make(Maker maker) {
        try {
            return maker.make();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private interface Maker {
        Path make() throws IOException;
    }

    private static void bindWithoutThreads() {
        try (Context context = Context.builder().ioThreads(0).build();
                PairSocket pair = context.pair()) {
            pair.bind(Transport.TCP.fresh());
        }
    }

    private static void connectToNames() {
        try (Context context = Context.builder().maxSockets(2).build();
                var dealer = context.dealer()) {
            for (int i = 0; i < 3; i++) {
                dealer.connect(Transport.INPROC.fresh());
            }
        }
    }

    private static boolean hasDrafts() {
        return Zmq.has(Capability.DRAFT);
    }

    private static boolean hasUdp() {
        return hasDrafts() && NativeLibrary.isHardened("udp");
    }

    private static boolean lacksTipc() {
        return Zmq.has(Capability.TIPC) && !Files.exists(Path.of("/proc/sys/net/tipc"));
    }
}
