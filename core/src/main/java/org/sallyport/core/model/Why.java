package org.sallyport.core.model;

/**
 * Why a torrent is not getting on, decided from facts of the engine; the first cause that holds, the most telling one first.
 *
 * @param code     stable, such as {@code nobody-has-it}; empty when it is getting on
 * @param sentence what is the matter; @param action what to do about it, or that there is nothing to do but wait
 */
public record Why(String code, String sentence, String action) {
    public static final Why FINE = new Why("", "", "");

    public boolean isFine() {
        return code.isEmpty();
    }
}
