// SPDX-License-Identifier: Apache-2.0
/**
 * The C functions, each linked by hand so that errno is captured in the call itself, and the native
 * memory that they work on. Only the module {@code io.panamq} may use this package, because nothing
 * here is safe: a wrong handle, a closed message or a second thread ends the JVM. It uses {@code
 * io.panamq.bindings}, which loads the library, and the numbers of {@code
 * io.panamq.bindings.libzmq}.
 *
 * <p>Functions that can fail return 0 or more, or the <em>negated</em> error number: nothing is
 * allocated and no second call is needed to learn what happened.
 */
package io.panamq.bindings.calls;
