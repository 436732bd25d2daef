// SPDX-License-Identifier: Apache-2.0
package io.panamq.examples.pipeline;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A rule that says what a word is: that of GNU {@code wc} (coreutils up to 9.4) for a kind of
 * locale.
 *
 * <p>A word is a run of characters between separators that has at least one printable character.
 * All other characters (control characters, unassigned code points, bytes that are invalid in the
 * encoding) neither start nor end a word. So {@code wc} itself gives different word counts in
 * different locales: in the C locale every byte above 127 is such a character, and a word of
 * Chinese characters alone does not count. Lines and bytes are the same in all locales.
 *
 * <p>There are two limits. The JDK's Unicode tables say which code points are assigned, and those
 * of the C library may be older or newer. And coreutils 9.5 and later count every run of characters
 * that are no separators: on text the results agree, on binary data they may differ.
 */
public enum WordRule {
    /** The C locale: a byte is a character, and only ASCII is printable. */
    BYTES,

    /** A UTF-8 locale. As in {@code wc}, the no-break spaces are separators. */
    UTF_8;

    /** A character that is neither printable nor a separator and does not change the state. */
    static final int NEITHER = 0;

    /** A character that starts a word or belongs to one. */
    static final int PRINTABLE = 1;

    /** A character that ends a word. */
    static final int SEPARATOR = 2;

    private static final int WORD_JOINER = 0x2060;

    /**
     * Returns the rule that {@code wc} would follow in the environment of this process.
     *
     * @return {@link #UTF_8} in a UTF-8 locale, {@link #BYTES} in any other
     */
    static WordRule ofEnvironment() {
        // The property file.encoding is no help: since Java 18 it is UTF-8 in any locale. Unlike
        // the variables LANG and LC_ALL this property is also right for a missing locale.
        String name = System.getProperty("native.encoding", "");
        boolean utf8 =
                Charset.isSupported(name.isEmpty() ? "none" : name)
                        && Charset.forName(name).equals(StandardCharsets.UTF_8);
        return utf8 ? UTF_8 : BYTES;
    }

    /**
     * Reads the value of the {@code --locale} option.
     *
     * @param text {@code auto}, {@code c} or {@code utf-8}, in any case
     * @return the rule
     */
    static WordRule parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "auto" -> ofEnvironment();
            case "c", "posix" -> BYTES;
            case "utf-8", "utf8" -> UTF_8;
            default ->
                    throw new TypeConversionException("'" + text + "' is none of auto, c, utf-8");
        };
    }

    /** Returns the option value that {@link #parse} turns into this rule. */
    String optionValue() {
        return this == UTF_8 ? "utf-8" : "c";
    }

    /** Classifies a character of ASCII, which is the same under both rules. */
    static int classifyAscii(int c) {
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            return SEPARATOR;
        }
        return c > ' ' && c < 0x7F ? PRINTABLE : NEITHER;
    }

    /** Classifies any code point as a UTF-8 locale does. */
    static int classify(int codePoint) {
        if (codePoint < 0x80) {
            return classifyAscii(codePoint);
        }
        return switch (Character.getType(codePoint)) {
            case Character.UNASSIGNED,
                    Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    NEITHER;
            case Character.SPACE_SEPARATOR -> SEPARATOR;
            default -> codePoint == WORD_JOINER ? SEPARATOR : PRINTABLE;
        };
    }

    /** Converts the option for picocli. */
    static final class Converter implements ITypeConverter<WordRule> {
        @Override
        public WordRule convert(String text) {
            return parse(text);
        }
    }
}
