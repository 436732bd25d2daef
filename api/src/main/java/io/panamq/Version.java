// SPDX-License-Identifier: Apache-2.0
package io.panamq;

/**
 * A version of libzmq, such as 4.3.5.
 *
 * @param major the first number
 * @param minor the second number
 * @param patch the third number
 */
public record Version(int major, int minor, int patch) {
    /** Returns the version of a text such as {@code 4.2} or {@code 4.3.5}. */
    static Version of(String text) {
        String[] parts = text.split("\\.", -1);
        int patch = parts.length < 3 ? 0 : Integer.parseInt(parts[2]);
        return new Version(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), patch);
    }

    /** Returns the three numbers, such as {@code 4.3.5}. */
    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
