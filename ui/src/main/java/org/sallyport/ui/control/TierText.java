package org.sallyport.ui.control;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Trackers as people type them: one address a line, an empty line begins the next tier (BEP 12). */
public final class TierText {
    private TierText() { }

    public static List<List<String>> parse(String text) {
        List<List<String>> tiers = new ArrayList<>();
        List<String> tier = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (!line.isEmpty()) {
                tier.add(line);
            } else if (!tier.isEmpty()) {
                tiers.add(tier);
                tier = new ArrayList<>();
            }
        }
        if (!tier.isEmpty()) {
            tiers.add(tier);
        }
        return tiers;
    }

    public static String of(List<List<String>> tiers) {
        return tiers.stream().map(tier -> String.join("\n", tier)).collect(Collectors.joining("\n\n"));
    }
}
