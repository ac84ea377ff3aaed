package org.sallyport.core.screening;

import java.util.ArrayList;
import java.util.List;

/** What looking at a file brought to light, besides the antivirus program's answer. One thread. */
final class Findings {
    private static final int MOST_TOLD = 3;

    private final List<String> suspicions = new ArrayList<>();
    private int suspicious;
    private String incomplete = "";
    private String what = "";

    /** @param sentence whole, for a person */
    void suspicious(String sentence) {
        suspicious++;
        if (suspicions.size() < MOST_TOLD && !suspicions.contains(sentence)) {
            suspicions.add(sentence);
        }
    }

    /** Something could not be looked at, and clean would be too much said. The first reason counts. @param sentence whole, for a person */
    void incomplete(String sentence) {
        if (incomplete.isEmpty()) {
            incomplete = sentence;
        }
    }

    void what(String words) {
        what = words;
    }

    boolean isSuspicious() {
        return suspicious > 0;
    }

    /** All of it that a person reads; empty if there is none. */
    String suspicions() {
        int more = suspicious - suspicions.size();
        return String.join(" ", suspicions) + (more > 0 ? " And " + more + " more of that kind." : "");
    }

    /** Empty if all of it was looked at. */
    String incomplete() {
        return incomplete;
    }

    /** What it is, with its article, such as {@code a Windows program}; empty if not known. */
    String what() {
        return what;
    }
}
