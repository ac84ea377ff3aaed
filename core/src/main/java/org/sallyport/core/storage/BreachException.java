package org.sallyport.core.storage;

import java.io.IOException;
import org.sallyport.core.model.Refusal;

/** A file that was to be read for upload is not the one that may be: the gate shuts. */
final class BreachException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;
    private final String file;

    /** @param file as a person knows it: the path inside the torrent */
    BreachException(String rule, String file, String sentence) {
        super(sentence);
        this.refusal = new Refusal(rule, sentence);
        this.file = file;
    }

    Refusal refusal() {
        return refusal;
    }

    String file() {
        return file;
    }
}
