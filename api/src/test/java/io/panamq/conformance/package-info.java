/**
 * Pins behaviour that libzmq's own tests pin and that no test of a type does: {@code
 * api/src/test/CONFORMANCE.md} says which test answers which file.
 */
package io.panamq.conformance;
