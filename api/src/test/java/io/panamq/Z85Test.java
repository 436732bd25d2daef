// SPDX-License-Identifier: Apache-2.0
package io.panamq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests Z85, the text form of binary keys. */
class Z85Test {
    @Test
    void shouldAgreeWithTheStandard() {
        byte[] bytes = HexFormat.of().parseHex("864fd26fb559f75b");

        assertThat(Z85.encode(bytes)).isEqualTo("HelloWorld");
        assertThat(Z85.decode("HelloWorld")).isEqualTo(bytes);
    }

    @Test
    void shouldKnowTheEnds() {
        assertThat(Z85.encode(new byte[0])).isEmpty();
        assertThat(Z85.decode("")).isEmpty();
        assertThat(Z85.encode(new byte[4])).isEqualTo("00000");
        assertThat(Z85.encode(new byte[] {-1, -1, -1, -1})).isEqualTo("%nSc0");
        assertThat(Z85.decode("%nSc0")).containsOnly(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "abcd", "abcdef", "abc\"d", "abc d", "abcd\u00e9", "%nSc1", "#####"})
    void shouldRefuseWhatIsNoZ85WithoutShowingIt(String text) {
        assertThatThrownBy(() -> Z85.decode(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain(text.length() > 1 ? text : "'a'");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 33})
    void shouldRefuseOtherThanMultiplesOfFourBytes(int length) {
        assertThatThrownBy(() -> Z85.encode(new byte[length]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(length));
    }

    @Property(tries = 300)
    void shouldDecodeWhatItEncoded(@ForAll @Size(32) byte[] key) {
        String text = Z85.encode(key);

        assertThat(text).hasSize(40);
        assertThat(Z85.decode(text)).isEqualTo(key);
    }

    @Property(tries = 300)
    void shouldNeverFailOtherwiseOnAnyText(@ForAll String text) {
        try {
            assertThat(Z85.encode(Z85.decode(text))).isEqualTo(text);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }
}
