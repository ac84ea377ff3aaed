package org.sallyport.core.discovery;

import java.util.Random;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;

/** Fills in what is announced of one torrent, always with the same key, by which a tracker knows us at another address again (BEP 7). */
final class AnnounceForm {
    private static final int KEY_BYTES = 4;

    private final InfoHash hash;
    private final AnnounceFacts facts;
    private final Bytes key;

    AnnounceForm(InfoHash hash, AnnounceFacts facts, Random random) {
        this.hash = hash;
        this.facts = facts;
        byte[] secret = new byte[KEY_BYTES];
        random.nextBytes(secret);
        this.key = Bytes.copyOf(secret);
    }

    AnnounceRequest with(AnnounceEvent event) {
        AnnounceFacts.Facts now = facts.now();
        int wanted = event == AnnounceEvent.STOPPED ? 0 : AnnounceResponse.MAX_PEERS;
        return new AnnounceRequest(hash, now.peerId(), now.port(), now.uploaded(), now.downloaded(), now.left(), event, wanted, key);
    }
}
