package org.sallyport.core.wire;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.metainfo.BencodeDict;
import org.sallyport.core.metainfo.BencodeLimits;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;

/**
 * Message {@code ut_pex} (BEP 11): the peers that came and went since the last one.
 *
 * @param added   in the order sent, IPv4 before IPv6
 * @param dropped likewise
 */
public record ExchangeMessage(List<Told> added, List<PeerAddress> dropped) {
    /** More in one message no client sends, not even in its first. */
    static final int MOST = 400;
    private static final int PORT_BYTES = 2;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    public ExchangeMessage {
        added = List.copyOf(added);
        dropped = List.copyOf(dropped);
    }

    /** A peer somebody is connected to. */
    public record Told(PeerAddress address, int flags) {
        public static final int PREFERS_ENCRYPTION = 0x01;
        /** It has all, or all that it wants (BEP 21). */
        public static final int SEED = 0x02;
        /** Whoever tells it has called it there. */
        public static final int REACHABLE = 0x10;
    }

    /**
     * Addresses with port 0 are left out.
     * @throws WireViolation if it is not a dictionary within the limits for peers, an entry is cut off, or there are far too many
     */
    public static ExchangeMessage decode(byte[] payload) throws WireViolation {
        BencodeDict dict;
        try {
            dict = Bencode.decodeDict(payload, BencodeLimits.PEER);
        } catch (RefusedException e) {
            throw new WireViolation("wire.exchange-broken", "sent a broken list of peers (" + e.refusal().rule() + ")");
        }
        List<Told> added = new ArrayList<>();
        List<PeerAddress> dropped = new ArrayList<>();
        int count = read(dict, "added", IPV4_BYTES, added) + read(dict, "added6", IPV6_BYTES, added);
        List<Told> gone = new ArrayList<>();
        count += read(dict, "dropped", IPV4_BYTES, gone) + read(dict, "dropped6", IPV6_BYTES, gone);
        if (count > MOST) {
            throw new WireViolation("wire.exchange-flood", "told of " + count + " peers at once");
        }
        gone.forEach(told -> dropped.add(told.address()));
        return new ExchangeMessage(added, dropped);
    }

    /** @return how many there were */
    private static int read(BencodeDict dict, String key, int hostBytes, List<Told> into) throws WireViolation {
        byte[] packed = dict.bytes(key).orElse(new byte[0]);
        byte[] flags = dict.bytes(key + ".f").orElse(new byte[0]);
        int length = hostBytes + PORT_BYTES;
        int count = packed.length / length;
        if (packed.length % length != 0) {
            throw new WireViolation("wire.exchange-broken", "sent a list of peers that ends in the middle of an address");
        }
        for (int i = 0; i < Math.min(count, MOST); i++) {
            int flag = i < flags.length ? flags[i] & 0xff : 0;
            address(packed, i * length, hostBytes).ifPresent(address -> into.add(new Told(address, flag)));
        }
        return count;
    }

    private static Optional<PeerAddress> address(byte[] packed, int at, int hostBytes) {
        int port = (packed[at + hostBytes] & 0xff) << 8 | packed[at + hostBytes + 1] & 0xff;
        if (port == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PeerAddress(InetAddress.getByAddress(Arrays.copyOfRange(packed, at, at + hostBytes)), port));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four or sixteen bytes are an address", e);
        }
    }

    public byte[] encode() {
        Map<String, Object> dict = new LinkedHashMap<>();
        List<PeerAddress> hosts = added.stream().map(Told::address).toList();
        dict.put("added", packed(hosts, true));
        dict.put("added.f", flags(true));
        dict.put("added6", packed(hosts, false));
        dict.put("added6.f", flags(false));
        dict.put("dropped", packed(dropped, true));
        dict.put("dropped6", packed(dropped, false));
        return Bencode.encode(dict);
    }

    private byte[] flags(boolean ipv4) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        added.stream().filter(told -> isIpv4(told.address()) == ipv4).forEach(told -> out.write(told.flags()));
        return out.toByteArray();
    }

    private static byte[] packed(List<PeerAddress> addresses, boolean ipv4) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (PeerAddress address : addresses) {
            if (isIpv4(address) == ipv4) {
                out.writeBytes(address.host().getAddress());
                out.write(address.port() >> 8);
                out.write(address.port());
            }
        }
        return out.toByteArray();
    }

    private static boolean isIpv4(PeerAddress address) {
        return address.host() instanceof Inet4Address;
    }
}
