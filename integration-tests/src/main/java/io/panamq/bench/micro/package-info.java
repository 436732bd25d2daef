// SPDX-License-Identifier: Apache-2.0
/**
 * JMH benchmarks of single calls and of one way from socket to socket, and the program that
 * compares the api with calls by hand. JMH and users start them; they use the kit, PanaMQ and its
 * bindings.
 */
package io.panamq.bench.micro;
