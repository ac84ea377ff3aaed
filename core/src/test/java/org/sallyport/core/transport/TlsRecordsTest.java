package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.trust.TestDevice;

/** Whatever comes, and however it is cut; whatever is written. Ours is Ann's end of a connection after the handshake. */
class TlsRecordsTest {
    private static final int ROOM = 1 << 20;

    @TempDir
    static Path folder;
    private static TestDevice ann;
    private static TestDevice ben;

    private SSLEngine theirs;
    private SSLEngine ours;
    private EmbeddedChannel channel;

    @BeforeAll
    static void makeDevices() throws Exception {
        ann = TestDevice.make(folder);
        ben = TestDevice.make(folder);
    }

    @BeforeEach
    void shakeHands() throws Exception {
        theirs = ben.tls().dial(ann.paired());
        ours = ann.tls().answer(ben.paired());
        ByteBuffer there = ByteBuffer.allocate(ROOM);
        ByteBuffer back = ByteBuffer.allocate(ROOM);
        theirs.beginHandshake();
        ours.beginHandshake();
        while (isUnderway(theirs) || isUnderway(ours)) {
            step(theirs, back, there);
            step(ours, there, back);
        }
        channel = new EmbeddedChannel(new TlsRecords(ours));
    }

    private static boolean isUnderway(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            case NEED_UNWRAP -> {
                in.flip();
                engine.unwrap(in, ByteBuffer.allocate(ROOM));
                in.compact();
            }
            default -> { }
        }
    }

    private byte[] sealed(byte[] content) throws SSLException {
        ByteBuffer out = ByteBuffer.allocate(content.length + ROOM);
        ByteBuffer in = ByteBuffer.wrap(content);
        while (in.hasRemaining()) {
            theirs.wrap(in, out);
        }
        byte[] records = new byte[out.flip().remaining()];
        out.get(records);
        return records;
    }

    private static byte[] some(Random random, int most) {
        byte[] bytes = new byte[1 + random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 16_000, 70_000, 300_000})
    void howeverItIsCutItMeansTheSame(int most) throws Exception {
        Random random = new Random(most);
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        while (told.size() < Math.min(ROOM, most * 1000)) {
            byte[] content = some(random, 40_000);
            told.writeBytes(content);
            records.writeBytes(sealed(content));
        }
        byte[] wire = records.toByteArray();
        for (int at = 0; at < wire.length;) {
            int length = Math.min(wire.length - at, 1 + random.nextInt(most));
            ByteBuf came = Unpooled.directBuffer(length).writeBytes(wire, at, length);
            channel.writeInbound(came);
            assertThat(came.refCnt()).isZero();
            at += length;
        }

        assertThat(heard()).isEqualTo(told.toByteArray());
        assertThat(channel.finishAndReleaseAll()).as("something was said").isTrue(); // close_notify
    }

    private byte[] heard() {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        for (ByteBuf plain = channel.readInbound(); plain != null; plain = channel.readInbound()) {
            byte[] bytes = new byte[plain.readableBytes()];
            plain.readBytes(bytes).release();
            heard.writeBytes(bytes);
        }
        return heard.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 16_384, 100_000, 600_000})
    void whateverIsWrittenArrivesWhole(int most) throws Exception {
        Random random = new Random(most);
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        List<ByteBuf> buffers = new ArrayList<>();
        List<ChannelFuture> written = new ArrayList<>();
        for (int i = 0; i < 200 && told.size() < ROOM; i++) {
            byte[] content = some(random, most);
            told.writeBytes(content);
            buffers.add(Unpooled.directBuffer(content.length).writeBytes(content));
            written.add(channel.write(buffers.get(i)));
            if (random.nextInt(10) == 0) {
                channel.flush();
            }
        }
        channel.write(Unpooled.EMPTY_BUFFER, channel.voidPromise());
        channel.flush();

        assertThat(opened()).isEqualTo(told.toByteArray());
        assertThat(written).allMatch(ChannelFuture::isSuccess);
        assertThat(buffers).allMatch(each -> each.refCnt() == 0);
    }

    private byte[] opened() throws SSLException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        for (ByteBuf records = channel.readOutbound(); records != null; records = channel.readOutbound()) {
            ByteBuffer in = records.nioBuffer();
            while (in.hasRemaining()) {
                ByteBuffer plain = ByteBuffer.allocate(ROOM);
                theirs.unwrap(in, plain);
                heard.write(plain.array(), 0, plain.position());
            }
            records.release();
        }
        return heard.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 100, 20_000, 100_000})
    void whatIsNoRecordOfTheirsEndsItOnce(int length) throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            byte[] garbage = new byte[length];
            new Random(seed * 31L + length).nextBytes(garbage);
            garbage[0] = 23;
            garbage[1] = 3;
            garbage[2] = 3;
            garbage[3] = (byte) (length > 20_000 ? 127 : 0); // longer than allowed, or there as a whole
            garbage[4] = 0;
            List<Throwable> failures = new ArrayList<>();
            try {
                channel.writeInbound(Unpooled.wrappedBuffer(garbage), Unpooled.wrappedBuffer(sealed(new byte[10])));
            } catch (Exception e) {
                failures.add(e);
            }
            assertThat(failures).hasSize(1).allMatch(SSLException.class::isInstance);
            assertThat(heard()).as("what came after").isEmpty();
            channel.releaseOutbound();
            shakeHands();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWaitsIsGivenBackWhenTheConnectionEnds(boolean closedByUs) {
        ByteBuf waiting = Unpooled.directBuffer(20).writeZero(20);
        ChannelFuture written = channel.write(waiting);
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {23, 3, 3, 1, 0, 5}));
        if (closedByUs) {
            channel.close();
        } else {
            channel.disconnect();
        }
        ByteBuf late = Unpooled.directBuffer(20).writeZero(20);

        assertThat(written.isSuccess()).isFalse();
        assertThat(waiting.refCnt()).isZero();
        assertThat(channel.write(late).isSuccess()).isFalse();
        assertThat(late.refCnt()).isZero();
        channel.releaseOutbound();
    }
}
