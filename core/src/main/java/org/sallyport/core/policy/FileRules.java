package org.sallyport.core.policy;

import java.util.List;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.policy.PolicyRequest.AcceptAuthor;
import org.sallyport.core.policy.PolicyRequest.OpenFile;
import org.sallyport.core.policy.PolicyRequest.ReleaseFile;
import org.sallyport.core.policy.PolicyRequest.ShareTorrent;

/** What may be added by its author, leave quarantine, be opened, be shared. */
final class FileRules {
    private FileRules() { }

    static List<PolicyRule> all() {
        return List.of(
                new TypedRule<>("policy.release-infected", ReleaseFile.class, (file, settings) -> isInfected(file.verdict()),
                        "The virus scanner found malware in this file, so it stays in quarantine. Delete it there."),
                new TypedRule<>("policy.open-quarantined", OpenFile.class, (file, settings) -> !file.released(),
                        "This file is still in quarantine. It can be opened when it is complete and has been looked at."),
                new TypedRule<>("policy.open-infected", OpenFile.class, (file, settings) -> isInfected(file.verdict()),
                        "The virus scanner found malware in this file, so it is not opened. Delete it."),
                new TypedRule<>("policy.author-broken", AcceptAuthor.class, (torrent, settings) -> torrent.author().kind() == Authorship.Kind.BROKEN,
                        "The signature of this torrent is broken, so somebody changed the torrent after it was signed. It is not added. "
                                + "Get it again, from its author."),
                new TypedRule<>("policy.share-not-chosen", ShareTorrent.class, (torrent, settings) -> !torrent.userAdded(),
                        "Only what you added or shared yourself is offered to others. Add the torrent to share it."));
    }

    private static boolean isInfected(Verdict verdict) {
        return verdict.kind() == Verdict.Kind.INFECTED;
    }
}
