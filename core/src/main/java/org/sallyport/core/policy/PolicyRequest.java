package org.sallyport.core.policy;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.NameFlag;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.settings.Settings;

/**
 * Something that may happen only if policy agrees, with the facts to decide it by. Whoever asks fills in the facts; every
 * count is of those that are there already, without the one that is asked for.
 */
public sealed interface PolicyRequest {

    /** A torrent is added. @param bytes size of all its files @param trackerHosts as named in it */
    record AddTorrent(InfoHash hash, String name, long bytes, List<String> trackerHosts) implements PolicyRequest {
        public AddTorrent {
            trackerHosts = List.copyOf(trackerHosts);
        }
    }

    /** A torrent of this author is added. */
    record AcceptAuthor(InfoHash hash, Authorship author) implements PolicyRequest { }

    /**
     * Files of a torrent are chosen for download: as it is added, when the list of files of a magnet link has arrived, or later.
     *
     * @param risky    those of them whose names are not honest or start something; no others
     * @param accepted the user has seen these names and agreed
     */
    record ChooseFiles(InfoHash hash, List<RiskyFile> risky, boolean accepted) implements PolicyRequest {
        public ChooseFiles {
            risky = List.copyOf(risky);
        }
    }

    /** @param path safe to show @param flag the gravest thing about its name */
    record RiskyFile(String path, NameFlag flag) { }

    /**
     * A connection has come in and has not said anything yet.
     *
     * @param connections         all, in and out; @param halfOpen incoming ones whose handshake is not done
     * @param halfOpenFromHost    those of the same address; @param halfOpenFromNetwork those of the same /24, in IPv6 /64
     */
    record AcceptPeer(InetAddress host, int connections, int halfOpen, int halfOpenFromHost, int halfOpenFromNetwork, boolean banned)
            implements PolicyRequest { }

    /**
     * A peer has finished its handshake and asks for a torrent.
     *
     * @param connectionsOfTorrent all of that torrent; @param connectionsFromHost those of them from the same address
     * @param incoming             it dialled us
     */
    record AdmitPeer(InfoHash hash, InetAddress host, int connectionsOfTorrent, int connectionsFromHost, boolean banned, boolean incoming,
            Audience audience)
            implements PolicyRequest { }

    /**
     * We dial a peer.
     *
     * @param named    given by the user, or by the tracker of a private network: not an address a stranger made up
     * @param audience with the device that will have to prove itself there
     */
    record DialPeer(InfoHash hash, PeerAddress address, int connections, int connectionsOfTorrent, boolean banned, boolean named, Audience audience)
            implements PolicyRequest { }

    /** A datagram is exchanged, with whomever it may be. @param incoming it came in; otherwise it is about to be sent */
    record ExchangeDatagram(InetAddress host, boolean incoming) implements PolicyRequest { }

    /**
     * A connected peer may be sent bytes of a torrent.
     * @param complete nothing of it is wanted any more
     * @param contents what screening thinks of its files
     */
    record ServePeer(InfoHash hash, UploadPolicy upload, boolean complete, Audience audience, Contents contents) implements PolicyRequest {

        /**
         * SOUND: nothing of it is held. HELD: a file of it is kept in quarantine. LOST: a file of it was deleted there. INFECTED: malware was
         * found in a file of it, wherever that file is now.
         */
        public enum Contents { SOUND, HELD, LOST, INFECTED }
    }

    /**
     * Whom a torrent is for, and who is at the other end.
     *
     * @param trustedOnly it is for paired devices only
     * @param expired     it was shared until a moment that has passed
     */
    record Audience(boolean trustedOnly, boolean expired, Standing standing) {
        /** A torrent for everybody, and anybody. */
        public static final Audience PUBLIC = new Audience(false, false, Standing.STRANGER);

        /**
         * Of the other end of a connection. Only TLS makes a device: a peer id or an address is no proof of anybody.
         * STRANGER: anybody in clear. MEMBER: a paired device that the torrent is for; all are, if it is for everybody. OUTSIDER: a paired
         * device that it is not for. REMOVED: a device that is trusted no more, or whose list cannot be verified.
         */
        public enum Standing { STRANGER, MEMBER, OUTSIDER, REMOVED }
    }

    /** A tracker or another source of peers or data is asked. @param resolved the address that will be connected to, checked after the look-up */
    record UseSource(InfoHash hash, String url, InetAddress resolved) implements PolicyRequest { }

    /** A torrent is offered to others. @param userAdded the user added or shared it here */
    record ShareTorrent(InfoHash hash, boolean userAdded) implements PolicyRequest { }

    /** A folder is allowed to be shared from, or files in it are to be shared. @param place absolute, without links */
    record SharePlace(Path place, PlaceFacts facts) implements PolicyRequest { }

    /** A file leaves quarantine. @param path relative, as in the torrent */
    record ReleaseFile(InfoHash hash, String path, Verdict verdict) implements PolicyRequest { }

    /** A person wants a file that is held in quarantine. @param insisted said a second time that malware is in it */
    record ReleaseHeld(InfoHash hash, String path, Verdict verdict, boolean insisted) implements PolicyRequest { }

    /**
     * A file is opened for the user.
     *
     * @param released it is out of quarantine @param program opening it starts something @param insisted the user knows that and said so
     */
    record OpenFile(String path, boolean released, Verdict verdict, boolean program, boolean insisted) implements PolicyRequest { }

    /** A device is to be trusted. @param byVoice its id was typed, no code was used @param devices in the list already */
    record PairDevice(boolean byVoice, int devices) implements PolicyRequest { }

    /** A device is called, to be paired with or to talk: where a person or its code says that it listens, or it says itself. */
    record CallDevice(PeerAddress address) implements PolicyRequest { }

    /** A paired device wants to send something; a person is asked if it is allowed. @param device its id @param bytes of all files */
    record TakeOffer(String device, String name, long bytes, int files) implements PolicyRequest { }

    /** The settings are replaced. */
    record ChangeSettings(Settings from, Settings to) implements PolicyRequest { }

    /** The program ends. @param whenComplete only when all downloads are complete */
    record Quit(boolean whenComplete) implements PolicyRequest { }
}
