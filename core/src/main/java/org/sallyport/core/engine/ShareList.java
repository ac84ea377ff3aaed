package org.sallyport.core.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.ShareSnapshot;
import org.sallyport.core.model.ShareSnapshot.Audience;
import org.sallyport.core.model.SharesState;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.trust.DeviceId;

/** Tells what others can get from this computer: what is not in it, nobody gets. Network thread only. */
final class ShareList {
    private final TrustedDevices trust;
    private SharesState last = SharesState.NONE;

    ShareList(TrustedDevices trust) {
        this.trust = trust;
    }

    /** The same instance as before when nothing changed. */
    SharesState state(Roster roster, SharePlaces places, Instant now) {
        List<ShareSnapshot> shares = new ArrayList<>();
        for (TorrentStory story : roster.noted()) {
            ManagedTorrent torrent = story.torrent();
            boolean offered = torrent.course().running() && Offer.wanted(torrent.sharing(), torrent.course().complete(), now);
            if (offered || torrent.sharing().shared()) {
                shares.add(snapshot(torrent, offered));
            }
        }
        SharesState state = new SharesState(shares, places.allowed());
        if (!state.equals(last)) {
            last = state;
        }
        return last;
    }

    private ShareSnapshot snapshot(ManagedTorrent torrent, boolean offered) {
        Sharing sharing = torrent.sharing();
        boolean devices = sharing.trustedOnly() || sharing.upload() == UploadPolicy.TRUSTED_ONLY;
        return new ShareSnapshot(torrent.hash(), torrent.metainfo().name(), torrent.layout().root(),
                torrent.ledger().wantedFiles().stream().mapToLong(FileEntry::size).sum(), torrent.ledger().wantedFiles().size(),
                devices ? Audience.DEVICES : Audience.PUBLIC, names(sharing), torrent.saved().addedAt(), sharing.expires(), !sharing.shared(),
                torrent.session().map(session -> session.swarm().connectedPeers()).orElse(0), torrent.progress().uploadedBytes(), sharing.note(),
                trouble(torrent, offered));
    }

    /** The one place where the ids of devices become names people know. */
    private List<String> names(Sharing sharing) {
        return sharing.devices().stream().map(this::name).sorted().toList();
    }

    /** What it is called here; one that was removed meanwhile has no name any more. */
    private String name(String id) {
        try {
            DeviceId known = DeviceId.parse(id);
            return trust.find(known).map(device -> device.name().text()).orElseGet(known::shortText);
        } catch (RefusedException e) {
            return id; // whoever wrote that into the saved list, nobody is admitted by it
        }
    }

    private static String trouble(ManagedTorrent torrent, boolean offered) {
        if (torrent.trouble().inTrouble()) {
            return torrent.trouble().sentence();
        }
        if (!torrent.course().running()) {
            return "It is paused, so nobody gets it. Start it to share it again.";
        }
        return offered ? torrent.offer().refusal().map(Refusal::sentence).orElse("")
                : "Its upload policy is \"never\", so nobody gets it. Set another one to share it again.";
    }
}
