// SPDX-License-Identifier: Apache-2.0
/**
 * Raw bindings of libzmq and the bundled library.
 *
 * <p>Needs {@code --enable-native-access=io.panamq.bindings}. {@code io.panamq.bindings.libzmq} is
 * jextract's output: call {@link io.panamq.bindings.NativeLibrary#load()} before the first use.
 */
module io.panamq.bindings {
    exports io.panamq.bindings;
    exports io.panamq.bindings.libzmq;
}
