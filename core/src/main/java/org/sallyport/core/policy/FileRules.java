package org.sallyport.core.policy;

import java.util.List;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.policy.PolicyRequest.AcceptAuthor;
import org.sallyport.core.policy.PolicyRequest.OpenFile;
import org.sallyport.core.policy.PolicyRequest.ReleaseFile;
import org.sallyport.core.policy.PolicyRequest.ReleaseHeld;
import org.sallyport.core.policy.PolicyRequest.ServePeer;
import org.sallyport.core.policy.PolicyRequest.ShareTorrent;

/** What may be added by its author, leave quarantine, be opened, be shared. */
final class FileRules {
    private FileRules() { }

    static List<PolicyRule> all() {
        return List.of(
                new TypedRule<>("policy.release-infected", ReleaseFile.class, (file, settings) -> isInfected(file.verdict()),
                        "The virus scanner found malware in this file, so it stays in quarantine. Delete it there."),
                new TypedRule<>("policy.release-suspicious", ReleaseFile.class, (file, settings) -> file.verdict().kind() == Verdict.Kind.SUSPICIOUS,
                        "There is something wrong with this file, so it stays in quarantine. Look at the reason there, then release or delete it."),
                new TypedRule<>("policy.release-unscanned", ReleaseFile.class,
                        (file, settings) -> settings.screening().holdUnscanned() && file.verdict().kind() == Verdict.Kind.NOT_SCANNED,
                        "This file could not be scanned for viruses, so it stays in quarantine, as you chose. "
                                + "Scan it again there when a virus scanner runs."),
                new TypedRule<>("policy.release-held-infected", ReleaseHeld.class, (file, settings) -> isInfected(file.verdict()) && !file.insisted(),
                        "The virus scanner found malware in this file. Delete it. "
                                + "Only if you know better than the scanner, release it in a second step."),
                new TypedRule<>("policy.open-quarantined", OpenFile.class, (file, settings) -> !file.released(),
                        "This file is still in quarantine. It can be opened when it is complete and has been looked at."),
                new TypedRule<>("policy.open-infected", OpenFile.class, (file, settings) -> isInfected(file.verdict()),
                        "The virus scanner found malware in this file, so it is not opened. Delete it."),
                new TypedRule<>("policy.open-program", OpenFile.class, (file, settings) -> file.program() && !file.insisted(),
                        "This file is a program: it can do with this computer whatever you can. "
                                + "Open it only if you know who made it and asked for it."),
                new TypedRule<>("policy.serve-infected", ServePeer.class, (peer, settings) -> peer.contents() == ServePeer.Contents.INFECTED,
                        "Malware was found in a file of this torrent, so nobody gets anything of it from here. Remove it from the list."),
                new TypedRule<>("policy.serve-held", ServePeer.class, (peer, settings) -> peer.contents() == ServePeer.Contents.HELD
                        && peer.complete(), "A file of this torrent is held in quarantine, so it is not shared. Decide about that file first."),
                new TypedRule<>("policy.serve-lost", ServePeer.class, (peer, settings) -> peer.contents() == ServePeer.Contents.LOST,
                        "A file of this torrent was deleted in quarantine, so it is not whole and is not shared. "
                                + "Add it again if you want to share it."),
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
