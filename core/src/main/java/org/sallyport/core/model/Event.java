package org.sallyport.core.model;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened and is kept. Ordered by {@code seq}, never dropped silently.
 *
 * @param seq      1-based, without gaps
 * @param id       stable, dotted: {@code torrent.verified}, {@code peer.banned}, {@code policy.denied}
 * @param sentence for a person
 * @param facts    for scripts: {@code hash}, {@code rule}, {@code path}, {@code verdict}, {@code reason} where they apply
 */
public record Event(long seq, Instant at, Severity severity, String id, String sentence, Map<String, String> facts) {

    /** REFUSED: a rule said no, and {@code facts} has its id. */
    public enum Severity { INFO, REFUSED, TROUBLE }

    public Event {
        facts = Map.copyOf(facts);
    }

    public String fact(String key) {
        return facts.getOrDefault(key, "");
    }
}
