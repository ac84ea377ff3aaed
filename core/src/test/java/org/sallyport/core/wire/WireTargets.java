package org.sallyport.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.testkit.FuzzTarget;
import org.sallyport.core.wire.MseHandshake.Need;

/** What peers send. */
public final class WireTargets {
    private static final int PIECES = 30;
    private static final InfoHash HASH = MseTalk.HASH;

    private WireTargets() { }

    public static List<FuzzTarget> all() {
        return List.of(
                FuzzTarget.of("frames", WireTargets::frames)
                .and(stream(), Calls.written(out -> FrameEncoder.extended(out, 0, new byte[] {'d', 'e'}))),
                FuzzTarget.of("handshake", WireTargets::handshake).and(handshake()),
                FuzzTarget.of("extended-handshake", WireTargets::extendedHandshake,
                        "d1:md11:ut_metadatai3e6:ut_pexi1ee13:metadata_sizei31235e1:pi6881e"
                        + "4:reqqi250e11:upload_onlyi1e1:v15:uTorrent 3.5.5 6:yourip4:abcde").and(
                        new ExtendedHandshake("x", 250, 7000, 99, Map.of("ut_pex", 1, "lt_donthave", 7)).encode()),
                FuzzTarget.of("peer-exchange", WireTargets::exchange).and(exchange(), "de".getBytes()),
                FuzzTarget.of("metadata-message", WireTargets::metadata).and(MetadataMessage.request(1).encode(),
                        MetadataMessage.data(0, 40_000, new byte[400]).encode(), MetadataMessage.reject(2).encode()),
                FuzzTarget.of("mse-called", bytes -> mse(bytes, false)).and(mseCall(), new byte[700]),
                FuzzTarget.of("mse-calling", bytes -> mse(bytes, true)).and(mseCall()),
                FuzzTarget.of("device-message", WireTargets::device).and(
                        DeviceCodec.encode(new DeviceMessage.Hello(1, 7000, List.of(PeerAddress.parse("192.0.2.1:1")), "Laptop")),
                        DeviceCodec.encode(new DeviceMessage.Offer(new DeviceMessage.Item(HASH, "Holiday", 99, 3, "see you"))),
                        DeviceCodec.encode(new DeviceMessage.Catalogue(7, List.of(new DeviceMessage.Item(HASH, "Holiday", 99, 3, "")), true)),
                        DeviceCodec.encode(new DeviceMessage.Metainfo(HASH, 100, 50, Bytes.copyOf(new byte[50])))));
    }

    private static byte[] stream() {
        return Calls.written(out -> {
            FrameEncoder.bitfield(out, new byte[(PIECES + 7) / 8]);
            FrameEncoder.have(out, 3);
            FrameEncoder.request(out, 1, 2, 3);
            FrameEncoder.pieceHead(out, 1, 0, 5);
            out.writeBytes(new byte[5]);
            FrameEncoder.reject(out, 1, 0, 5);
            FrameEncoder.extended(out, 3, new byte[20]);
            FrameEncoder.keepAlive(out);
        });
    }

    private static byte[] handshake() {
        return Calls.written(out -> Handshake.ours(HASH, Bytes.copyOf(new byte[20])).encode(out));
    }

    private static byte[] exchange() {
        try {
            return new ExchangeMessage(List.of(new ExchangeMessage.Told(PeerAddress.parse("10.0.0.1:7000"), 2),
                    new ExchangeMessage.Told(new PeerAddress(InetAddress.getByName("2001:db8::1"), 7), 0)),
                    List.of(PeerAddress.parse("10.0.0.2:7000"))).encode();
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] mseCall() {
        ByteBuf out = Unpooled.buffer();
        new MseInitiator(HASH, Set.copyOf(MseTalk.BOTH), MseTalk.HELLO, MseKeys.make(new Random(1)), MseTalk.pads(9)).begin(out);
        return ByteBufUtil.getBytes(out);
    }

    /** One call with all bytes and one with each by itself mean the same. */
    private static void frames(byte[] bytes) {
        for (int pieces : new int[] {PIECES, FrameDecoder.UNKNOWN_PIECES}) {
            Calls whole = new Calls();
            Calls dripped = new Calls();
            String first = outcome(() -> new FrameDecoder(whole, pieces).feed(Unpooled.wrappedBuffer(bytes)));
            FrameDecoder slow = new FrameDecoder(dripped, pieces);
            String second = outcome(() -> {
                for (byte one : bytes) {
                    slow.feed(Unpooled.wrappedBuffer(new byte[] {one}));
                }
            });
            assertThat(second).isEqualTo(first).matches("|wire\\.(frame|message)-length");
            assertThat(dripped.lines()).isEqualTo(whole.lines());
        }
    }

    private static void handshake(byte[] bytes) {
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        if (Handshake.mayBegin(in) && bytes.length >= Handshake.LENGTH) {
            assertThat(Handshake.decode(in).peerId().length()).isEqualTo(20);
            assertThat(bytes.length - in.readableBytes()).isEqualTo(Handshake.LENGTH);
        }
    }

    private static void extendedHandshake(byte[] bytes) {
        assertThat(outcome(() -> {
            ExtendedHandshake read = ExtendedHandshake.decode(bytes);
            assertThat(read.client()).hasSizeLessThanOrEqualTo(64);
            assertThat(read.requestQueue()).isBetween(1, 5000);
            assertThat(read.port()).isBetween(0, 65_535);
            assertThat(read.extensions().values()).allSatisfy(id -> assertThat(id).isBetween(1, 255));
        })).isIn("", "wire.extended-handshake", "wire.metadata-size");
    }

    private static void exchange(byte[] bytes) {
        assertThat(outcome(() -> {
            ExchangeMessage read = ExchangeMessage.decode(bytes);
            assertThat(read.added().size() + read.dropped().size()).isLessThanOrEqualTo(ExchangeMessage.MOST);
            assertThat(read.added()).allSatisfy(told -> assertThat(told.address().port()).isPositive());
        })).isIn("", "wire.exchange-broken", "wire.exchange-flood");
    }

    private static void metadata(byte[] bytes) {
        assertThat(outcome(() -> MetadataMessage.decode(bytes).ifPresent(read -> {
            assertThat(read.totalSize()).isBetween(0, MetadataMessage.MAX_SIZE);
            assertThat(read.data().length()).isLessThanOrEqualTo(MetadataMessage.PIECE);
        }))).isIn("", "wire.metadata");
    }

    private static void mse(byte[] bytes, boolean asCaller) {
        MseKeys ours = MseKeys.make(new Random(5));
        MseReceiver called = new MseReceiver(MseTalk.BOTH, name -> MseTalk.find(MseHandshake.nameOf(HASH)), MseTalk.pads(0));
        MseInitiator caller = new MseInitiator(HASH, Set.copyOf(MseTalk.BOTH), MseTalk.HELLO, ours, MseTalk.pads(0));
        MseHandshake side = asCaller ? caller : called;
        ByteBuf out = Unpooled.buffer();
        String outcome = outcome(() -> {
            ByteBuf in = Unpooled.wrappedBuffer(bytes);
            while (in.isReadable() && side.need() != Need.NOTHING) {
                if (side.feed(in.readSlice(Math.min(37, in.readableBytes())), out) == Need.SECRET) {
                    if (asCaller) {
                        caller.agreed(ours.agree(caller.theirKey()), out);
                    } else {
                        called.agreed(ours, ours.agree(called.theirKey()), out);
                    }
                }
            }
        });
        assertThat(outcome).matches("|mse\\.[a-z]+");
        assertThat(out.readableBytes()).isLessThan(1000);
    }

    private static void device(byte[] bytes) {
        assertThat(outcome(() -> DeviceCodec.decode(bytes))).isIn("", "device.message", "device.field");
    }

    private interface Reading {
        void run() throws WireViolation;
    }

    private static String outcome(Reading reading) {
        try {
            reading.run();
            return "";
        } catch (WireViolation violation) {
            assertThat(violation.getMessage()).isNotBlank().hasSizeLessThan(300);
            return violation.rule();
        }
    }
}
