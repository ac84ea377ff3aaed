package org.sallyport.core.metainfo;

import java.util.Arrays;
import org.sallyport.core.model.Bytes;

/**
 * One entry of {@code signatures} (BEP 35), well formed but not verified. Immutable; the bytes it signs are a range of the file as it was
 * read, never encoded again.
 */
public final class TorrentSignature {
    private final String id;
    private final Bytes certificate;
    private final Bytes signature;
    private final SignedExtras extras;
    private final byte[] file;
    private final Ranges ranges;

    /** Offsets in the file: the torrent's info, and the signature's own; both ends equal without one. */
    record Ranges(int infoStart, int infoEnd, int ownStart, int ownEnd) { }

    TorrentSignature(String id, Bytes certificate, Bytes signature, SignedExtras extras, byte[] file, Ranges ranges) {
        this.id = id;
        this.certificate = certificate;
        this.signature = signature;
        this.extras = extras;
        this.file = file;
        this.ranges = ranges;
    }

    /** What the signer calls itself: 1..128 letters, digits and {@code . _ - + @ :}. */
    public String id() {
        return id;
    }

    /** X.509 (DER), at most 16 KiB; empty if the verifier is expected to have the key. */
    public Bytes certificate() {
        return certificate;
    }

    /** 1..2048 bytes. */
    public Bytes signature() {
        return signature;
    }

    public SignedExtras extras() {
        return extras;
    }

    /** What was signed: the raw info of the torrent, then the raw info of the signature if it has one. A fresh copy. */
    public byte[] signedBytes() {
        byte[] signed = Arrays.copyOfRange(file, ranges.infoStart(), ranges.infoEnd() + ranges.ownEnd() - ranges.ownStart());
        System.arraycopy(file, ranges.ownStart(), signed, ranges.infoEnd() - ranges.infoStart(), ranges.ownEnd() - ranges.ownStart());
        return signed;
    }

    /** Safe to log. */
    @Override
    public String toString() {
        return "signature of " + id;
    }
}
