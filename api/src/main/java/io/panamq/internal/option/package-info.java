// SPDX-License-Identifier: Apache-2.0
/**
 * The Java types of options, their encoding for libzmq, and the rules that libzmq would enforce by
 * ending the process. Used by the public options and by contexts; uses the sockets beneath.
 */
package io.panamq.internal.option;
