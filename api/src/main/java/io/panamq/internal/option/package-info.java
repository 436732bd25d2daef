// SPDX-License-Identifier: Apache-2.0
/**
 * The encoding of option values for libzmq, and the checks without which a value could make libzmq
 * end the process. Used by the public options and by contexts; uses the sockets.
 */
package io.panamq.internal.option;
