package org.sallyport.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Columns of text under a heading; columns whose heading starts with {@code >} are aligned to the right. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] right;

    TextTable(String... headings) {
        right = new boolean[headings.length];
        String[] shown = new String[headings.length];
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].startsWith(">");
            shown[i] = right[i] ? headings[i].substring(1) : headings[i];
        }
        rows.add(shown);
    }

    void row(String... cells) {
        rows.add(cells);
    }

    void print(Consumer<String> out) {
        int[] widths = new int[right.length];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String space = " ".repeat(widths[i] - row[i].length());
                line.append(right[i] ? space + row[i] : row[i] + space).append(GAP);
            }
            out.accept(line.toString().stripTrailing());
        }
    }
}
