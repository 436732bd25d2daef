// SPDX-License-Identifier: Apache-2.0
/**
 * The native context of libzmq: its settings, the sockets that it made, the endpoints that they
 * bind and connect to, and its end. Used by the public {@code Context} and {@code Socket}, by
 * monitors and by pollers; uses the sockets and their options.
 */
package io.panamq.internal.context;
