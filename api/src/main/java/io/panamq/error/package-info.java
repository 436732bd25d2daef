// SPDX-License-Identifier: Apache-2.0
/**
 * The exceptions, and the error numbers that they name. Programs catch the exceptions; only PanaMQ
 * creates them. This package uses no other package of PanaMQ than {@code io.panamq.bindings}, which
 * knows the platform.
 */
package io.panamq.error;
