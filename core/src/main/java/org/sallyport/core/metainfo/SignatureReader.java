package org.sallyport.core.metainfo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.sallyport.core.model.Bytes;

/**
 * Reads {@code signatures} (BEP 35) strictly. What is malformed is never passed over: a torrent with one entry that cannot be read counts
 * as tampered with. Keys that stand twice are refused before, with the whole file.
 */
final class SignatureReader {
    static final int MAX_ENTRIES = 16;
    static final int MAX_CERTIFICATE = 16 << 10;
    /** RSA with 16384 bits. */
    static final int MAX_SIGNATURE = 2048;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+@:-]{0,127}");
    private static final Pattern PURPOSE = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final int ED25519_KEY = 32;
    private static final long YEAR_9999 = 253_402_300_799L;

    private final BencodeDict torrent;
    private final byte[] file;
    private final int fileCount;
    private final TorrentSignature.Ranges info;

    /** Something is wrong; the message is a sentence for a person. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String sentence) {
            super(sentence);
        }
    }

    private SignatureReader(BencodeDict torrent, byte[] file, int fileCount) {
        this.torrent = torrent;
        this.file = file;
        this.fileCount = fileCount;
        this.info = new TorrentSignature.Ranges(torrent.rawStart("info"), torrent.rawEnd("info"), 0, 0);
    }

    /** @param torrent has an info; @param file the bytes it was read from @param fileCount padding included */
    static Signatures read(BencodeDict torrent, byte[] file, int fileCount) {
        if (!torrent.has("signatures")) {
            return Signatures.NONE;
        }
        try {
            return new SignatureReader(torrent, file, fileCount).all();
        } catch (Malformed e) {
            return Signatures.broken(e.getMessage());
        }
    }

    private Signatures all() throws Malformed {
        BencodeDict signers = torrent.dict("signatures").orElseThrow(() -> new Malformed("The list of signatures cannot be read."));
        if (signers.keys().size() > MAX_ENTRIES) {
            throw new Malformed("It has more than " + MAX_ENTRIES + " signatures, which no honest torrent has.");
        }
        List<TorrentSignature> all = new ArrayList<>();
        Bytes hashes = Bytes.EMPTY;
        for (String id : signers.keys()) {
            if (!ID.matcher(id).matches()) {
                throw new Malformed("A signer has a name with characters that are not allowed there.");
            }
            BencodeDict entry = signers.dict(id).orElseThrow(() -> new Malformed("The signature of \"" + id + "\" cannot be read."));
            TorrentSignature signature = one(id, entry);
            Bytes own = signature.extras().fileHashes();
            if (own.length() > 0 && hashes.length() > 0 && !own.equals(hashes)) {
                throw new Malformed("Two signers say different things about the same files.");
            }
            hashes = own.length() > 0 ? own : hashes;
            all.add(signature);
        }
        return new Signatures(all, "");
    }

    private TorrentSignature one(String id, BencodeDict entry) throws Malformed {
        byte[] signature = bytes(id, entry, "signature", MAX_SIGNATURE).filter(given -> given.length > 0)
                .orElseThrow(() -> new Malformed("The entry of \"" + id + "\" has no signature in it."));
        byte[] certificate = bytes(id, entry, "certificate", MAX_CERTIFICATE).orElse(new byte[0]);
        if (!entry.has("info")) {
            return new TorrentSignature(id, Bytes.copyOf(certificate), Bytes.copyOf(signature), SignedExtras.NONE, file, info);
        }
        BencodeDict own = entry.dict("info").orElseThrow(() -> new Malformed("What \"" + id + "\" states besides cannot be read."));
        SignedExtras extras = extras(id, own);
        if (extras.sources().length() > 0 && !extras.sources().equals(SourceDigest.of(torrent, file))) {
            throw new Malformed("The trackers or web servers are not those that \"" + id + "\" signed: somebody changed them.");
        }
        return new TorrentSignature(id, Bytes.copyOf(certificate), Bytes.copyOf(signature), extras, file,
                new TorrentSignature.Ranges(info.infoStart(), info.infoEnd(), own.start(), own.end()));
    }

    private SignedExtras extras(String id, BencodeDict own) throws Malformed {
        byte[] key = bytes(id, own, "x-ed25519", ED25519_KEY).orElse(new byte[0]);
        byte[] hashes = bytes(id, own, "sha256", Integer.MAX_VALUE).orElse(new byte[0]);
        byte[] sources = bytes(id, own, "sources", SignedExtras.HASH_BYTES).orElse(new byte[0]);
        boolean shape = (!own.has("x-ed25519") || key.length == ED25519_KEY)
                && (!own.has("sha256") || hashes.length == (long) fileCount * SignedExtras.HASH_BYTES)
                && (!own.has("sources") || sources.length == SignedExtras.HASH_BYTES);
        if (!shape) {
            throw new Malformed("What \"" + id + "\" states about keys, files or trackers does not fit this torrent.");
        }
        return new SignedExtras(Bytes.copyOf(key), Bytes.copyOf(hashes), Bytes.copyOf(sources), expires(id, own), purpose(id, own));
    }

    private static Instant expires(String id, BencodeDict own) throws Malformed {
        if (!own.has("expires")) {
            return Instant.MAX;
        }
        OptionalLong seconds = own.integer("expires");
        if (seconds.isEmpty() || seconds.getAsLong() <= 0 || seconds.getAsLong() > YEAR_9999) {
            throw new Malformed("Until when the signature of \"" + id + "\" holds cannot be read.");
        }
        return Instant.ofEpochSecond(seconds.getAsLong());
    }

    private static String purpose(String id, BencodeDict own) throws Malformed {
        if (!own.has("purpose")) {
            return "";
        }
        String purpose = new String(bytes(id, own, "purpose", 40).orElse(new byte[0]), StandardCharsets.ISO_8859_1);
        if (!PURPOSE.matcher(purpose).matches()) {
            throw new Malformed("What \"" + id + "\" signed it for cannot be read.");
        }
        return purpose;
    }

    /** Empty if it is not there. */
    private static Optional<byte[]> bytes(String id, BencodeDict dict, String key, int max) throws Malformed {
        Optional<byte[]> found = dict.bytes(key);
        if (dict.has(key) && (found.isEmpty() || found.get().length > max)) {
            throw new Malformed("The part \"" + key + "\" of the signature of \"" + id + "\" is malformed or too long.");
        }
        return found;
    }
}
