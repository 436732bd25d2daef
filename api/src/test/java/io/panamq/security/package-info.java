// SPDX-License-Identifier: Apache-2.0
/** Tests of authentication, with real sockets, and of the files of certificates. */
package io.panamq.security;
