package org.sallyport.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.policy.PolicyRequest.AdmitPeer;
import org.sallyport.core.policy.PolicyRequest.Audience;
import org.sallyport.core.policy.PolicyRequest.Audience.Standing;
import org.sallyport.core.policy.PolicyRequest.DialPeer;
import org.sallyport.core.policy.PolicyRequest.ServePeer;

/** For whom a torrent exists at all, and who is sent its bytes (invariant I5). */
final class AudienceRules {
    private AudienceRules() { }

    static List<PolicyRule> all() {
        List<PolicyRule> all = new ArrayList<>();
        all.addAll(about(AdmitPeer.class, AdmitPeer::audience));
        all.addAll(about(DialPeer.class, DialPeer::audience));
        all.addAll(about(ServePeer.class, ServePeer::audience));
        all.addAll(upload());
        return all;
    }

    private static <R extends PolicyRequest> List<PolicyRule> about(Class<R> type, Function<R, Audience> audience) {
        return List.of(
                new TypedRule<>("peer.device-removed", type, (request, settings) -> audience.apply(request).standing() == Standing.REMOVED,
                        "A device that is not trusted any more was kept out. Pair it again if you want it back."),
                new TypedRule<>("peer.share-expired", type, (request, settings) -> audience.apply(request).expired(),
                        "This was shared until a time that has passed, so nobody gets it any more. Share it again if it is still wanted."),
                new TypedRule<>("peer.trusted-only", type,
                        (request, settings) -> audience.apply(request).trustedOnly() && audience.apply(request).standing() != Standing.MEMBER,
                        "This torrent is for trusted devices only, and this is none it is for. Nothing was told or sent. If it should get it, pair "
                                + "with it and share it with that device."));
    }

    private static List<PolicyRule> upload() {
        return List.of(
                new TypedRule<>("upload.never", ServePeer.class, (peer, settings) -> peer.upload() == UploadPolicy.NEVER,
                        "Nothing of this torrent is sent to anybody, as you chose. Change its upload setting if it should be shared."),
                new TypedRule<>("upload.while-downloading", ServePeer.class,
                        (peer, settings) -> peer.upload() == UploadPolicy.WHILE_DOWNLOADING && peer.complete(),
                        "This torrent is complete and was to be shared only until then. Change its upload setting if it should be shared on."),
                new TypedRule<>("upload.trusted-only", ServePeer.class,
                        (peer, settings) -> peer.upload() == UploadPolicy.TRUSTED_ONLY && peer.audience().standing() != Standing.MEMBER,
                        "This torrent is sent to trusted devices only, as you chose. Change its upload setting if everybody may have it."));
    }
}
