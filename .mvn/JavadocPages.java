// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks the summary tables of generated Javadoc: {@code java JavadocPages.java FOLDER}. They are
 * what a reader sees first, so each row of a page must say something of its own, and the row of a
 * method must begin with what the method does: with a verb.
 */
final class JavadocPages {
    /** A row: the name and parameters of a member or type, and its first sentence, if it has one. */
    private static final Pattern ROW =
            Pattern.compile(
                    "<div class=\"col-(?:first|second|constructor-name) (?:even|odd)-row-color"
                            + "([^\"]*)\">([^\n]*)</div>\n"
                            + "<div class=\"col-last (?:even|odd)-row-color[^\"]*\">"
                            + "(?:&nbsp;</div>|\n<div class=\"block\">(.*?)</div>\n)",
                    Pattern.DOTALL);

    private static final Pattern VERB = Pattern.compile("(?!As\\b|This\\b|Is\\b)[A-Z][a-z]+s\\b.*");

    private final List<String> faults = new ArrayList<>();
    private int rows;

    public static void main(String[] args) throws IOException {
        var pages = new JavadocPages();
        try (Stream<Path> files = Files.walk(Path.of(args[0]))) {
            for (Path page : files.filter(JavadocPages::isPage).sorted().toList()) {
                pages.check(page);
            }
        }
        if (pages.rows < 500) {
            pages.faults.add("only " + pages.rows + " rows were found: is the layout another one?");
        }
        pages.faults.forEach(fault -> System.err.println("JavadocPages: " + fault));
        System.exit(pages.faults.isEmpty() ? 0 : 1);
    }

    /** Returns whether the file is the page of a type or package. */
    private static boolean isPage(Path file) {
        String name = file.getFileName().toString();
        return name.equals("package-summary.html")
                || (name.matches("[A-Z][\\w.]*\\.html") && !file.getParent().endsWith("class-use"));
    }

    private void check(Path page) throws IOException {
        Map<String, String> members = new HashMap<>();
        Matcher row = ROW.matcher(Files.readString(page));
        while (row.find()) {
            rows++;
            String member = text(row.group(2));
            String sentence = row.group(3) == null ? "" : text(row.group(3));
            String at = page.getFileName() + ": " + member;
            String other = members.putIfAbsent(sentence, member);
            if (sentence.isEmpty()) {
                faults.add(at + " says nothing");
            } else if (other != null) {
                faults.add(at + " says the same as " + other + ": " + sentence);
            } else if (row.group(1).contains("method-summary")
                    && !VERB.matcher(sentence).matches()) {
                faults.add(at + " does not begin with a verb: " + sentence);
            }
        }
    }

    private static String text(String html) {
        return html.replaceAll("<[^>]+>", "")
                .replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
