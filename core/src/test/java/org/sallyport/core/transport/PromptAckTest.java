package org.sallyport.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PromptAckTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final EmbeddedChannel channel = new EmbeddedChannel(new PromptAck(asked::incrementAndGet));

    @Test
    void isAskedForOnceATurnThatBroughtMuch() {
        turn(PromptAck.LEAST_BYTES - 1, 1);
        assertThat(asked).hasValue(1);
        turn(PromptAck.LEAST_BYTES);
        assertThat(asked).hasValue(2);
    }

    @Test
    void talkIsLeftToTheSystem() {
        turn(PromptAck.LEAST_BYTES - 1);
        turn(PromptAck.LEAST_BYTES - 1);
        assertThat(asked).hasValue(0);
    }

    @Test
    void aSystemThatRefusesIsNotAskedAgainAndTheConnectionLives() {
        EmbeddedChannel other = new EmbeddedChannel(new PromptAck(() -> {
            asked.incrementAndGet();
            throw new ChannelException("not here");
        }));
        turn(other, PromptAck.LEAST_BYTES);
        turn(other, PromptAck.LEAST_BYTES);
        assertThat(asked).hasValue(1);
        assertThat(other.isOpen()).isTrue();
        other.checkException();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void everyConnectionHasIt() throws Exception {
        try (NetworkLoop loop = new NetworkLoop()) {
            EpollSocketChannel connection = new EpollSocketChannel();
            WireGauge.install(new Limiter(loop), connection, InetAddress.getLoopbackAddress());
            assertThat(connection.pipeline().first()).isInstanceOf(PromptAck.class);
            connection.unsafe().closeForcibly();
        }
    }

    private void turn(int... reads) {
        turn(channel, reads);
    }

    private static void turn(EmbeddedChannel channel, int... reads) {
        for (int bytes : reads) {
            channel.writeOneInbound(Unpooled.wrappedBuffer(new byte[bytes]));
        }
        channel.flushInbound();
        for (int bytes : reads) {
            ByteBuf passedOn = channel.readInbound();
            assertThat(passedOn.readableBytes()).isEqualTo(bytes);
            passedOn.release();
        }
    }
}
