package org.sallyport.core.model;

/**
 * The distributed table that finds peers without a tracker (BEP 5).
 *
 * @param nodes known good ones of both address families
 * @param sentence in plain words, such as "Connected to 214 others"
 */
public record DhtState(boolean on, int nodes, String sentence) {
    public static final DhtState OFF = new DhtState(false, 0, "Off");
}
