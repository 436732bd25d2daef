// SPDX-License-Identifier: Apache-2.0
package io.panamq.support;

import io.panamq.Capability;
import io.panamq.Context;
import io.panamq.ContextOption;
import io.panamq.Curve;
import io.panamq.CurveKeyPair;
import io.panamq.Message;
import io.panamq.MessageArena;
import io.panamq.Multipart;
import io.panamq.PollEvent;
import io.panamq.ProtocolError;
import io.panamq.Receiver;
import io.panamq.ReconnectStop;
import io.panamq.RetryPolicy;
import io.panamq.Sender;
import io.panamq.Socket;
import io.panamq.SocketMonitor;
import io.panamq.SocketOption;
import io.panamq.SocketType;
import io.panamq.StreamPeer;
import io.panamq.Zmq;
import io.panamq.error.Errno;
import io.panamq.loop.EventLoop;
import io.panamq.security.Certificate;
import io.panamq.security.CertificateStore;
import io.panamq.security.ZapCredentials;
import io.panamq.security.ZapReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Lists all public methods of a type, so that a test of all of them forgets none. */
public final class PublicMethods {
    private static final List<Function<Context, Socket>> STABLE =
            List.of(
                    Context::pair,
                    Context::pub,
                    Context::sub,
                    Context::xpub,
                    Context::xsub,
                    Context::req,
                    Context::rep,
                    Context::dealer,
                    Context::router,
                    Context::push,
                    Context::pull,
                    Context::stream);

    public static final List<Function<Context, Socket>> DRAFTS =
            List.of(
                    Context::client,
                    Context::server,
                    Context::radio,
                    Context::dish,
                    Context::scatter,
                    Context::gather,
                    Context::peer,
                    Context::channel,
                    Context::datagram);

    /** All types that the loaded libzmq has. */
    public static final List<Function<Context, Socket>> SOCKETS =
            Zmq.has(Capability.DRAFT)
                    ? Stream.of(STABLE, DRAFTS).flatMap(List::stream).toList()
                    : STABLE;

    /** The methods that are legal on a closed socket and on every thread. */
    private static final Set<String> FREE =
            Set.of(
                    "bulkReceiver",
                    "bulkSender",
                    "cancel",
                    "close",
                    "context",
                    "group",
                    "isClosed",
                    "routingId",
                    "security",
                    "setGroup",
                    "setRoutingId",
                    "toString",
                    "type");

    private PublicMethods() {}

    public static Stream<Method> of(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class)
                .filter(PublicMethods::isShown)
                .filter(method -> !Set.of("equals", "hashCode").contains(method.getName()))
                .filter(method -> !method.getDeclaringClass().getName().startsWith("java."))
                .sorted(Comparator.comparing(Method::toGenericString));
    }

    /** A public class shows the public methods of its hidden base through bridges. */
    private static boolean isShown(Method method) {
        return !method.isSynthetic()
                || !Modifier.isPublic(method.getDeclaringClass().getSuperclass().getModifiers());
    }

    /** Returns whether all threads may use the socket at the same time. */
    public static boolean isThreadSafe(Socket socket) {
        return socket.type().compareTo(SocketType.SERVER) >= 0 && socket.type() != SocketType.DGRAM;
    }

    /** Returns the methods that only the owner may call, on an open socket. */
    public static Stream<Method> guarded(Class<?> socket) {
        return of(socket).filter(method -> !FREE.contains(method.getName()));
    }

    /** Returns a socket and all its views, whose methods are those of the socket too. */
    public static List<Object> withViews(Socket socket) {
        List<Object> parts = new ArrayList<>(List.of(socket, socket.security()));
        if (socket instanceof Sender sender) {
            parts.add(sender.bulkSender());
        }
        if (socket instanceof Receiver receiver) {
            parts.add(receiver.bulkReceiver());
        }
        return parts;
    }

    /** Returns arguments that fit and make no call block. */
    public static Object[] arguments(Class<?>[] types) {
        return Arrays.stream(types).map(PublicMethods::argument).toArray();
    }

    /** Returns such arguments, with sockets and monitors of this context. */
    public static Object[] arguments(Class<?>[] types, Context context) {
        return Arrays.stream(types).map(type -> argument(type, context)).toArray();
    }

    private static Object argument(Class<?> type, Context context) {
        if (context.isClosed()) {
            throw new AssertionError("the context is closed");
        } else if (type == Context.class) {
            return context;
        } else if (type == EventLoop.class) {
            EventLoop loop = EventLoop.create(context);
            loop.stopNow();
            return loop;
        } else if (Socket.class.isAssignableFrom(type)) {
            return context.pair();
        } else if (type == SocketMonitor.class) {
            return context.pair().monitor();
        }
        return argument(type);
    }

    private static Object argument(Class<?> type) {
        if (type == String.class) {
            return Transport.INPROC.fresh();
        } else if (type == byte[].class) {
            return new byte[] {1};
        } else if (type == byte[][].class) {
            return new byte[][] {{1}};
        } else if (type == String[].class) {
            return new String[] {"text"};
        } else if (type == PollEvent[].class) {
            return new PollEvent[] {PollEvent.IN};
        } else if (type == PollEvent.class) {
            return PollEvent.IN;
        } else if (type == Message[].class) {
            return new Message[] {Message.of("text")};
        } else if (type == Duration.class || type == Object.class) {
            return Duration.ZERO;
        } else if (type == Message.class) {
            return Message.of("message");
        } else if (type == Multipart.class) {
            return Multipart.of("a", "b");
        } else if (type == MemorySegment.class) {
            return MemorySegment.ofArray(new byte[8]);
        } else if (type == SocketOption.Gettable.class || type == SocketOption.Settable.class) {
            return SocketOption.LINGER;
        } else if (type == ContextOption.Gettable.class || type == ContextOption.Settable.class) {
            return ContextOption.IPV6;
        } else if (type == Set.class) {
            return Set.of();
        } else if (type == CurveKeyPair.class) {
            return Curve.keyPair();
        } else if (type == Capability.class) {
            return Capability.IPC;
        } else if (type == Errno.class) {
            return Errno.EINVAL;
        } else if (type == ProtocolError.class) {
            return ProtocolError.UNKNOWN;
        } else if (type == SocketType.class) {
            return SocketType.PAIR;
        } else if (type == Class.class) {
            return Capability.class;
        } else if (type == List.class) {
            return List.of();
        } else if (type == Collection.class) {
            return List.of("text");
        } else if (type == Map.class) {
            return Map.of();
        } else if (type == Consumer.class) {
            return (Consumer<Object>) anything -> {};
        } else if (type == Flow.Publisher.class) {
            return (Flow.Publisher<Message>) subscriber -> {};
        } else if (type == Runnable.class) {
            return (Runnable) () -> {};
        } else if (type == MessageArena.class) {
            return MessageArena.create();
        } else if (type == ByteOrder.class) {
            return ByteOrder.BIG_ENDIAN;
        } else if (type == ByteBuffer.class) {
            return ByteBuffer.allocate(8);
        } else if (type == Path.class) {
            return Path.of("/tmp/socket");
        } else if (type == Certificate.class) {
            return Certificate.of(Curve.keyPair());
        } else if (type == Certificate[].class) {
            return new Certificate[0];
        } else if (type == CertificateStore.class) {
            return CertificateStore.of();
        } else if (type == ZapCredentials.class) {
            return new ZapCredentials.Null();
        } else if (type == ZapReply.Status.class) {
            return ZapReply.Status.REFUSED;
        } else if (type == ReconnectStop[].class) {
            return new ReconnectStop[0];
        } else if (type == Function.class) {
            return (Function<Object, Object>) anything -> anything;
        } else if (type == Executor.class) {
            return (Executor) Runnable::run;
        } else if (type == FileChannel.class) {
            return fileChannel();
        } else if (type == RetryPolicy.class) {
            return new RetryPolicy(1, Duration.ZERO);
        } else if (type == StreamPeer.class) {
            return new StreamPeer(new byte[5]);
        } else if (type == boolean.class) {
            return true;
        } else if (type == int.class) {
            return 1;
        } else if (type == long.class) {
            return 0L;
        } else if (type == byte.class) {
            return (byte) 0;
        }
        throw new AssertionError("no argument known for " + type + ": add one here");
    }

    private static FileChannel fileChannel() {
        try {
            return FileChannel.open(Path.of(System.getProperty("java.home"), "release"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls the method, and throws what it throws. */
    public static Object call(Method method, Object target, Object... arguments) throws Throwable {
        try {
            return method.invoke(
                    Modifier.isStatic(method.getModifiers()) ? null : target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
