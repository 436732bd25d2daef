// SPDX-License-Identifier: Apache-2.0
/**
 * Finds and loads libzmq: the one that the property {@code panamq.library} names, the bundled one,
 * or the system's. Programs use the module {@code io.panamq}, which loads it for them. This package
 * uses no other package of PanaMQ.
 *
 * <p>All restricted calls of PanaMQ are in this module. So it needs only {@code
 * --enable-native-access=io.panamq.bindings}, or {@code ALL-UNNAMED} on the class path.
 */
@NullMarked
package io.panamq.bindings;

import org.jspecify.annotations.NullMarked;
