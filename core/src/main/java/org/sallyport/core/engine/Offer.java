package org.sallyport.core.engine;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.storage.ShareGate;

/** Whether others may get anything of one torrent: decided here, held by its gate. Network thread only. */
final class Offer {
    private final Services services;
    private final InfoHash hash;
    private final TorrentLedger ledger;
    private final FileVerdicts verdicts;
    private final ShareGate gate;
    private Optional<Refusal> refusal = Optional.empty();
    private Optional<Refusal> place = Optional.empty();

    Offer(Services services, InfoHash hash, TorrentLedger ledger, FileVerdicts verdicts, ShareGate gate) {
        this.services = services;
        this.hash = hash;
        this.ledger = ledger;
        this.verdicts = verdicts;
        this.gate = gate;
    }

    /** The files were looked at. @param refused why nothing may be shared from where they are */
    void placed(Optional<Refusal> refused) {
        place = refused;
    }

    /** Why nothing may be shared from where the files are, as it was when they were looked at. */
    Optional<Refusal> place() {
        return place;
    }

    GuestList guests() {
        return new GuestList(services.trust(), services.clock());
    }

    /** Whether policy lets anybody have bytes of it. */
    boolean made() {
        Sharing sharing = ledger.saved().sharing();
        return services.policy().decide(new PolicyRequest.ServePeer(hash, sharing.upload(), ledger.progress().complete(), guests().anyMember(sharing),
                verdicts.contents())).allowed();
    }

    /** Opens the gate or shuts it; says once why policy keeps it shut. */
    void decide() {
        Optional<Refusal> before = refusal;
        refusal = place.or(() -> services.policy().decide(new PolicyRequest.ShareTorrent(hash, true)).reason());
        if (refusal.isEmpty() && made()) {
            gate.open();
        } else {
            gate.shut();
        }
        if (!refusal.equals(before)) {
            refusal.ifPresent(news -> services.events().refused("policy.denied", news, hash.hex(), Map.of("hash", hash.hex())));
        }
    }

    /** Why policy keeps the gate shut; empty when it does not. */
    Optional<Refusal> refusal() {
        return refusal;
    }

    /** Whether the user wants others to get it at all. */
    static boolean wanted(Sharing sharing, boolean complete, Instant now) {
        boolean inTime = sharing.expires().isAfter(now);
        return inTime && switch (sharing.upload()) {
            case NORMAL, TRUSTED_ONLY -> true;
            case WHILE_DOWNLOADING -> !complete;
            case NEVER -> false;
        };
    }

    /** Nobody may have it from now on. */
    static Sharing ended(Sharing sharing) {
        return sharing.withUpload(UploadPolicy.NEVER);
    }
}
