// SPDX-License-Identifier: Apache-2.0
/**
 * The exceptions, and the error numbers that they name. Programs catch them; only PanaMQ makes
 * them. This package uses no other package of PanaMQ but {@code io.panamq.bindings}, which knows
 * the platform.
 */
package io.panamq.error;
