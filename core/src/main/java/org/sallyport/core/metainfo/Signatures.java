package org.sallyport.core.metainfo;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sallyport.core.model.Bytes;

/**
 * The signatures of a torrent (BEP 35) as they were read, not verified.
 *
 * @param all    in the order of the file, at most {@link SignatureReader#MAX_ENTRIES}; empty when nobody signed or {@code broken} says why
 * @param broken why they cannot be used: a whole sentence; empty when they can
 */
public record Signatures(List<TorrentSignature> all, String broken) {
    static final Signatures NONE = new Signatures(List.of(), "");

    public Signatures {
        all = List.copyOf(all);
    }

    static Signatures broken(String sentence) {
        return new Signatures(List.of(), sentence);
    }

    /**
     * The SHA-256 that signers state of a file. All who state one agree, or the signatures are broken.
     *
     * @param fileIndex 0-based, as {@link FileEntry#index()}
     * @return 32 bytes; empty when nobody states one
     */
    public Optional<byte[]> expectedSha256(int fileIndex) {
        int from = fileIndex * SignedExtras.HASH_BYTES;
        return all.stream().map(signature -> signature.extras().fileHashes()).filter(hashes -> hashes.length() > 0).findFirst()
                .map(Bytes::toArray).map(hashes -> Arrays.copyOfRange(hashes, from, from + SignedExtras.HASH_BYTES));
    }
}
