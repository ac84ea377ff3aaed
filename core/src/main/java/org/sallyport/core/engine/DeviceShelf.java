package org.sallyport.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.wire.DeviceCodec;
import org.sallyport.core.wire.DeviceMessage;
import org.sallyport.core.wire.DeviceMessage.Item;

/** What paired devices see of the library: what the user shares, as far as it is for them. Network thread only. */
final class DeviceShelf {
    /** Of items in one message; the limit of what is read from peers is a little more. */
    private static final int PAGE_BYTES = 56 << 10;

    private final Services services;
    private final Roster roster;

    DeviceShelf(Services services, Roster roster) {
        this.services = services;
        this.roster = roster;
    }

    /** One page of what this device may get and whose name has the text in it, in either case. */
    DeviceMessage.Catalogue page(DeviceId device, DeviceMessage.AskCatalogue ask) {
        String wanted = ask.search().toLowerCase(Locale.ROOT);
        List<Item> page = new ArrayList<>();
        int bytes = 0;
        int at = 0;
        for (TorrentStory story : roster.all()) {
            ManagedTorrent torrent = story.torrent();
            boolean shown = isFor(device, torrent) && torrent.course().complete() && torrent.metainfo().name().toLowerCase(Locale.ROOT)
                    .contains(wanted);
            if (!shown || at++ < ask.from()) {
                continue;
            }
            Item item = item(torrent);
            bytes += DeviceCodec.sizeOf(item);
            if (page.size() == DeviceMessage.MAX_ITEMS || bytes > PAGE_BYTES) {
                return new DeviceMessage.Catalogue(ask.number(), page, at <= DeviceMessage.MAX_CATALOGUE);
            }
            page.add(item);
        }
        return new DeviceMessage.Catalogue(ask.number(), page, false);
    }

    /** What is offered to a device, if it may have it. */
    Optional<Item> item(DeviceId device, InfoHash hash) {
        return roster.find(hash).filter(torrent -> isFor(device, torrent)).map(DeviceShelf::item);
    }

    /** Part of an info dictionary; one without data says that there is nothing here for this device. */
    DeviceMessage.Metainfo part(DeviceId device, DeviceMessage.GetMetainfo ask) {
        Optional<Metainfo> metainfo = roster.find(ask.hash()).filter(torrent -> isFor(device, torrent)).map(ManagedTorrent::metainfo)
                .filter(found -> ask.at() < found.infoLength());
        return metainfo.map(found -> {
            int to = Math.min(found.infoLength(), ask.at() + DeviceMessage.MAX_DATA);
            return new DeviceMessage.Metainfo(ask.hash(), found.infoLength(), ask.at(), Bytes.copyOf(found.infoBytes(ask.at(), to)));
        }).orElseGet(() -> new DeviceMessage.Metainfo(ask.hash(), 0, 0, Bytes.EMPTY));
    }

    private boolean isFor(DeviceId device, ManagedTorrent torrent) {
        Sharing sharing = torrent.saved().sharing();
        if (!torrent.course().running() || torrent.trouble().inTrouble() || !sharing.trustedOnly() && !sharing.shared()) {
            return false;
        }
        return services.policy().decide(new PolicyRequest.ServePeer(torrent.hash(), sharing.upload(), torrent.course().complete(),
                torrent.offer().guests().at(LinkSecurity.tls(device), sharing), torrent.verdicts().contents())).allowed();
    }

    private static Item item(ManagedTorrent torrent) {
        return item(torrent.metainfo(), torrent.saved().sharing().note());
    }

    /** What is told of a torrent before anybody has its description. */
    static Item item(Metainfo metainfo, String note) {
        return new Item(metainfo.hash(), cut(metainfo.name()), metainfo.preview().totalBytes(),
                Math.max(1, metainfo.preview().files().size()), note);
    }

    /** Never in the middle of a character. */
    private static String cut(String name) {
        int end = Math.min(name.length(), DeviceMessage.MAX_NAME);
        return name.substring(0, end < name.length() && Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end);
    }
}
