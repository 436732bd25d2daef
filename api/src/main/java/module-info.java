// SPDX-License-Identifier: Apache-2.0
/**
 * ZeroMQ for Java on the real libzmq: typed sockets, zero-copy messages, nothing to install.
 *
 * <p>Needs {@code --enable-native-access=io.panamq.bindings} on the module path, and {@code
 * --enable-native-access=ALL-UNNAMED} on the class path.
 */
module io.panamq {
    requires io.panamq.bindings;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports io.panamq;
    exports io.panamq.error;
    exports io.panamq.loop;
}
