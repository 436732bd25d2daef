// SPDX-License-Identifier: Apache-2.0
/**
 * A program that misuses the public API at random, in a JVM of its own, and the tests that run it.
 * It has a package of its own, because it must look like a user.
 */
package io.panamq.fuzz;
