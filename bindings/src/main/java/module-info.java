// SPDX-License-Identifier: Apache-2.0
/**
 * Raw bindings of libzmq, and the bundled library.
 *
 * <p>This module needs {@code --enable-native-access=io.panamq.bindings}. The package {@code
 * io.panamq.bindings.libzmq} is jextract's output: call {@link
 * io.panamq.bindings.NativeLibrary#load()} before the first use of it.
 */
@SuppressWarnings("module") // io.panamq is built after this one
module io.panamq.bindings {
    requires static org.jspecify;

    exports io.panamq.bindings;
    exports io.panamq.bindings.calls to
            io.panamq;
    exports io.panamq.bindings.libzmq;
}
