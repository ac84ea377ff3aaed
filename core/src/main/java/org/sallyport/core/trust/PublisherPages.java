package org.sallyport.core.trust;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sallyport.core.model.Bytes;

/**
 * The publishers that are not our own, as text under a seal: the first line is the HMAC of the others. An edited, added or removed line is
 * noticed; who can write the seal's key as well could change everything else of this account, too.
 */
final class PublisherPages {
    private static final String TAB = "\t";
    private static final String PURPOSE = "publisher-list";

    private PublisherPages() { }

    static byte[] write(List<Publisher> publishers, byte[] sealKey) {
        String lines = publishers.stream().map(publisher -> String.join(TAB, publisher.id(),
                Base64.getEncoder().encodeToString(publisher.key().encoded().toArray()), publisher.addedAt().toString(), publisher.name()) + "\n")
                .collect(Collectors.joining());
        return (HexFormat.of().formatHex(seal(lines, sealKey)) + "\n" + lines).getBytes(StandardCharsets.UTF_8);
    }

    /** @return empty if it is not what {@link #write} wrote with this key */
    static Optional<List<Publisher>> read(byte[] content, byte[] sealKey) {
        String text = new String(content, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        if (end < 0) {
            return Optional.empty();
        }
        try {
            String lines = text.substring(end + 1);
            if (!MessageDigest.isEqual(HexFormat.of().parseHex(text.substring(0, end)), seal(lines, sealKey))) {
                return Optional.empty();
            }
            List<Publisher> publishers = new ArrayList<>();
            for (String line : lines.lines().toList()) {
                String[] part = line.split(TAB, 4);
                publishers.add(new Publisher(part[0], PublisherKey.read(Bytes.copyOf(Base64.getDecoder().decode(part[1]))), part[3],
                        Instant.parse(part[2]), false));
            }
            return Optional.of(List.copyOf(publishers));
        } catch (IllegalArgumentException | DateTimeException | TrustException e) {
            return Optional.empty();
        }
    }

    private static byte[] seal(String lines, byte[] sealKey) {
        return Hashing.hmac(Hashing.hkdf(sealKey, PURPOSE, Hashing.LENGTH)).doFinal(lines.getBytes(StandardCharsets.UTF_8));
    }
}
