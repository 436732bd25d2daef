// SPDX-License-Identifier: Apache-2.0
/**
 * ZeroMQ for Java on the real libzmq: typed sockets, zero-copy messages, nothing to install.
 *
 * <p>A program starts with {@code --enable-native-access=io.panamq.bindings} on the module path,
 * and with {@code --enable-native-access=ALL-UNNAMED} on the class path. All native calls are in
 * the module {@code io.panamq.bindings}: to name {@code io.panamq} has no effect.
 */
module io.panamq {
    requires io.panamq.bindings;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports io.panamq;
    exports io.panamq.error;
    exports io.panamq.loop;
    exports io.panamq.security;
}
