// SPDX-License-Identifier: Apache-2.0
/**
 * Finds and loads libzmq: the one that the property {@code panamq.library} names, the bundled one,
 * or the system's. Programs use the module {@code io.panamq}, which loads it for them. This package
 * uses no other package of PanaMQ.
 *
 * <p>All restricted calls of PanaMQ are in this module, so {@code
 * --enable-native-access=io.panamq.bindings} (on the class path: {@code ALL-UNNAMED}) is the one
 * grant that it needs.
 */
package io.panamq.bindings;
