// SPDX-License-Identifier: Apache-2.0
/**
 * The raw layer: finds and loads libzmq, and calls it with errno captured in the call.
 *
 * <p><strong>Nothing here is safe.</strong> A wrong handle, a closed message or a second thread
 * ends the JVM. Programs use the module {@code io.panamq}, which proves each call first. All
 * restricted calls of PanaMQ are in this module, so {@code
 * --enable-native-access=io.panamq.bindings} (on the class path: {@code ALL-UNNAMED}) is the one
 * grant it needs.
 *
 * <p>Functions that can fail return 0 or more, or the <em>negated</em> error number: nothing is
 * allocated and no second call is needed to learn what happened.
 */
package io.panamq.bindings;
