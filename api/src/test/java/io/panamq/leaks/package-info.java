// SPDX-License-Identifier: Apache-2.0
/**
 * A program that loses objects, for the tests of leak reports. It has a package of its own, because
 * it must look like a user.
 */
package io.panamq.leaks;
