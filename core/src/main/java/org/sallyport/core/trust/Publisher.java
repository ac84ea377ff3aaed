package org.sallyport.core.trust;

import java.time.Instant;
import java.util.regex.Pattern;
import org.sallyport.core.model.RefusedException;

/**
 * Somebody whose signatures are believed.
 *
 * @param id   what the signer calls itself in a torrent: 1..128 letters, digits and {@code . _ - + @ :}
 * @param name what the user calls it, by the rules of {@link DeviceName}
 * @param own  the private key is here
 */
public record Publisher(String id, PublisherKey key, String name, Instant addedAt, boolean own) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+@:-]{0,127}");
    /** Names of entries in a key store do not tell capitals from small letters. */
    private static final Pattern OWN_ID = Pattern.compile("[a-z0-9][a-z0-9._+@:-]{0,63}");

    public Publisher {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("publisher id of " + id.length() + " characters");
        }
        new DeviceName(name);
    }

    static String checkedName(String typed) throws RefusedException {
        try {
            return DeviceName.parse(typed).text();
        } catch (RefusedException e) {
            throw new RefusedException("publisher.name", "A publisher is called something of 1 to " + DeviceName.MAX_CHARS
                    + " visible characters, such as \"Example Press\". Choose another name.");
        }
    }

    static String checkedOwnId(String typed) throws RefusedException {
        if (!OWN_ID.matcher(typed).matches()) {
            throw new RefusedException("publisher.id", "The id of a publisher has 1 to 64 small letters, digits and . _ - + @ :, such as "
                    + "\"org.example.press\". Choose another one.");
        }
        return typed;
    }
}
