package org.sallyport.core.swarm;

import org.sallyport.core.model.PeerSnapshot;
import org.sallyport.core.model.PeerSnapshot.Security;
import org.sallyport.core.model.PeerSource;
import org.sallyport.core.transport.LinkSecurity;

/** A connected peer as the window and the command line show it. */
final class PeerRow {
    private PeerRow() { }

    /** @param device what the device at the other end is called; empty if it is none */
    static PeerSnapshot of(Peer peer, PeerSource source, String device) {
        LinkSecurity security = peer.link().security();
        return new PeerSnapshot(peer.address().toString(), peer.client(), peer.link().incoming(), peer.progress(),
                peer.down.rate(), peer.uploads.meter().rate(), peer.down.total(), peer.uploads.meter().total(),
                flags(peer, source), device, security.isTls(), kind(security), source);
    }

    /** As {@link PeerSnapshot#flags()} lists them. */
    private static String flags(Peer peer, PeerSource source) {
        return (peer.weWant() ? peer.chokesUs() ? "d" : "D" : peer.chokesUs() ? "" : "K")
                + (peer.wants() ? peer.choked() ? "u" : "U" : peer.choked() ? "" : "?")
                + (peer.optimistic() ? "O" : "") + (peer.snubbed() ? "S" : "") + (peer.link().incoming() ? "I" : "")
                + (peer.link().security() instanceof LinkSecurity.Obfuscated obfuscated ? obfuscated.whole() ? "E" : "e" : "") + letter(source);
    }

    private static String letter(PeerSource source) {
        return switch (source) {
            case EXCHANGE -> "X";
            case DHT -> "H";
            case LOCAL_NETWORK -> "L";
            case TRACKER, MAGNET, USER, DEVICE, INCOMING -> "";
        };
    }

    static Security kind(LinkSecurity security) {
        if (security.isTls()) {
            return Security.TLS;
        }
        return security instanceof LinkSecurity.Obfuscated ? Security.OBFUSCATED : Security.PLAIN;
    }
}
