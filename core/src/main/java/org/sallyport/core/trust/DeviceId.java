package org.sallyport.core.trust;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.RefusedException;

/**
 * The name of a device that nobody else can bear: the SHA-256 of its public key. Not a secret; safe to log and to read out.
 *
 * @param keyHash 32 bytes, SHA-256 of the SubjectPublicKeyInfo (DER)
 */
public record DeviceId(Bytes keyHash) {
    private static final int MAX_TYPED = 200;
    private static final int PART = 13;
    private static final int PARTS = 4;
    private static final int GROUP = 7;
    /** With more of them in one part, several readings could pass the check by chance. */
    private static final int MAX_DOUBTFUL = 2;

    public DeviceId {
        if (keyHash.length() != Hashing.LENGTH) {
            throw new IllegalArgumentException("device id of " + keyHash.length() + " bytes");
        }
    }

    /** The id of the device with this key. @param publicKey SubjectPublicKeyInfo (DER) */
    public static DeviceId of(Bytes publicKey) {
        return new DeviceId(Bytes.copyOf(Hashing.sha256(publicKey.toArray())));
    }

    /**
     * Reads what a person typed: either case, any spaces and dashes; 0 counts as O, 8 as B, and 1 as I or L, whichever the check
     * characters confirm.
     *
     * @throws RefusedException {@code device-id.length}, {@code device-id.character}, {@code device-id.check}
     */
    public static DeviceId parse(String typed) throws RefusedException {
        String text = typed.length() > MAX_TYPED ? "" : plain(typed);
        if (text.length() != PARTS * (PART + 1)) {
            throw new RefusedException("device-id.length", "A device id has " + PARTS * (PART + 1)
                    + " letters and digits, in 8 groups of 7. Some are missing or too many: compare it with the other screen.");
        }
        StringBuilder body = new StringBuilder(PARTS * PART);
        for (int part = 0; part < PARTS; part++) {
            body.append(readPart(text.substring(part * (PART + 1), (part + 1) * (PART + 1)), part));
        }
        byte[] hash = Base32.decode(body).orElseThrow(() -> wrong(PARTS - 1));
        return new DeviceId(Bytes.copyOf(hash));
    }

    private static String plain(String typed) throws RefusedException {
        StringBuilder text = new StringBuilder(typed.length());
        for (char each : typed.toLowerCase(Locale.ROOT).toCharArray()) {
            if (Character.isWhitespace(each) || Character.isSpaceChar(each) || each == '-' || each >= '\u2010' && each <= '\u2015') {
                continue;
            }
            char meant = each == '0' ? 'o' : each == '8' ? 'b' : each;
            if (meant != '1' && Base32.value(meant) < 0) {
                throw new RefusedException("device-id.character",
                        "A device id has only the letters A to Z and the digits 2 to 7. Compare it with the other screen.");
            }
            text.append(meant);
        }
        return text.toString();
    }

    private static String readPart(String part, int index) throws RefusedException {
        List<String> readings = new ArrayList<>(List.of(part));
        int doubtful = (int) part.chars().filter(c -> c == '1').count();
        for (int i = 0; i < doubtful && doubtful <= MAX_DOUBTFUL; i++) {
            List<String> more = new ArrayList<>();
            readings.forEach(reading -> {
                more.add(reading.replaceFirst("1", "i"));
                more.add(reading.replaceFirst("1", "l"));
            });
            readings = more;
        }
        List<String> confirmed = readings.stream().filter(reading -> reading.indexOf('1') < 0 && LuhnMod32.holds(reading)).toList();
        if (confirmed.size() != 1) {
            throw wrong(index);
        }
        return confirmed.get(0).substring(0, PART);
    }

    private static RefusedException wrong(int part) {
        return new RefusedException("device-id.check", "There is a typing error in group " + (2 * part + 1) + " or " + (2 * part + 2)
                + " of this device id. Compare these two with the other screen.");
    }

    /** Eight groups of seven, upper case, dashes between. */
    public String text() {
        String body = Base32.encode(keyHash.toArray());
        StringBuilder checked = new StringBuilder();
        for (int part = 0; part < PARTS; part++) {
            String characters = body.substring(part * PART, (part + 1) * PART);
            checked.append(characters).append(LuhnMod32.check(characters));
        }
        for (int at = checked.length() - GROUP; at > 0; at -= GROUP) {
            checked.insert(at, '-');
        }
        return checked.toString().toUpperCase(Locale.ROOT);
    }

    /** The first group: enough for a log line. */
    public String shortText() {
        return text().substring(0, GROUP);
    }

    /** In constant time, so that the answer's delay does not tell how much of a key hash was right. */
    boolean isOf(byte[] publicKey) {
        return MessageDigest.isEqual(keyHash.toArray(), Hashing.sha256(publicKey));
    }

    @Override
    public String toString() {
        return text();
    }
}
