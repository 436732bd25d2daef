// SPDX-License-Identifier: Apache-2.0
/**
 * Calls the C functions, each linked by hand so that the call itself captures errno, and accesses
 * the native memory that they work on. Only the module {@code io.panamq} may use this package,
 * because nothing here is safe: a wrong handle, a closed message or a second thread ends the JVM.
 * It uses {@code io.panamq.bindings}, which loads the library, and the numbers of {@code
 * io.panamq.bindings.libzmq}.
 *
 * <p>A function that can fail returns 0 or more, or the <em>negated</em> error number. So no object
 * is allocated, and no second call is needed to learn what happened.
 */
package io.panamq.bindings.calls;
