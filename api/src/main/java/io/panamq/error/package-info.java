// SPDX-License-Identifier: Apache-2.0
/**
 * The exceptions that PanaMQ throws, and the error numbers of libzmq by name ({@link
 * io.panamq.error.Errno}). All exceptions are unchecked. {@link io.panamq.error.ZmqException} is
 * the supertype of all but {@link io.panamq.error.NativeLibraryException}, which says that libzmq
 * could not be loaded. The page of {@link io.panamq.error.ZmqException} shows which ones a loop
 * that receives should catch.
 */
@NullMarked
package io.panamq.error;

import org.jspecify.annotations.NullMarked;
