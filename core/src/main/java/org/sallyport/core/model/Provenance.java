package org.sallyport.core.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a torrent came from and who made it.
 *
 * @param device name of the paired device that sent it; empty if none did
 * @param url    the web address its .torrent was fetched from; empty if it was not
 */
public record Provenance(Authorship author, String device, String url) {

    /** Nothing is known. */
    public static final Provenance UNKNOWN = new Provenance(Authorship.NONE, "", "");

    /** One line, such as "signed by Example Press · from Laptop · added from https://example.org/a.torrent". */
    public String line() {
        List<String> parts = new ArrayList<>();
        parts.add(authorPart());
        if (!device.isEmpty()) {
            parts.add("from " + device);
        }
        if (!url.isEmpty()) {
            parts.add("added from " + url);
        }
        return String.join(" · ", parts);
    }

    private String authorPart() {
        return switch (author.kind()) {
            case KNOWN -> "signed by " + author.name();
            case NEW -> "signed by " + author.id() + " (not known yet)";
            case BROKEN -> "broken signature";
            case WEAK -> "weak signature, unknown author";
            case EXPIRED -> "signed by " + (author.name().isEmpty() ? author.id() : author.name()) + " (expired)";
            case NONE -> "unknown author";
        };
    }
}
