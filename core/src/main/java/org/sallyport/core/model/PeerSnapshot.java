package org.sallyport.core.model;

/**
 * One connected peer.
 *
 * @param client   what it calls itself (BEP 10 {@code v}, else its peer id), printable, at most 64 characters
 * @param incoming it dialled us
 * @param progress 0..1, the share of the torrent it has
 * @param flags    letters as in other clients: D/d we download / want to, U/u we upload / it wants to, O optimistic, S snubbed, I incoming,
 *                 E obfuscated, e with an obfuscated handshake only, X told by another peer, H from the DHT, L from the local network,
 *                 K it would let us and we want nothing, ? we would let it and it wants nothing
 * @param device   name of the paired device that it has proved to be; empty for anybody else
 * @param tls      what passes is encrypted, and the device is known
 * @param security how the connection is protected; only TLS protects
 * @param source   who told us its address
 */
public record PeerSnapshot(
        String address, String client, boolean incoming, double progress,
        long downRate, long upRate, long downloadedBytes, long uploadedBytes, String flags, String device, boolean tls, Security security,
        PeerSource source) {

    public enum Security { PLAIN, OBFUSCATED, TLS }
}
