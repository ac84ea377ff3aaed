package org.sallyport.core.model;

/**
 * Why something was not allowed (invariant I9).
 *
 * @param rule     stable id, such as {@code metainfo.piece-count}; what scripts and an IDS look at
 * @param sentence for a person: what was refused, what that protects, what to do next
 */
public record Refusal(String rule, String sentence) {
    public Refusal {
        if (!rule.matches("[a-z0-9]+([.-][a-z0-9]+)*") || sentence.isBlank()) {
            throw new IllegalArgumentException("refusal: " + rule + " / " + sentence);
        }
    }
}
