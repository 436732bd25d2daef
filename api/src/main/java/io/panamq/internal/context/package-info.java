// SPDX-License-Identifier: Apache-2.0
/**
 * The native context of libzmq: its settings, the sockets that it made, the endpoints that they
 * bind and connect to, and how all of it ends. Used by the public {@code Context} and {@code
 * Socket}, by monitors and by pollers; uses the sockets beneath.
 */
package io.panamq.internal.context;
