package org.sallyport.core.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetSocketAddress;

/** One connection over which two devices are paired. Network thread only. */
public final class PairingLink {
    /** The longest message, in bytes, that is sent or taken. */
    public static final int MAX_MESSAGE = 4096;

    private final ChannelHandlerContext context;
    private final PairingStage stage;

    PairingLink(ChannelHandlerContext context, PairingStage stage) {
        this.context = context;
        this.stage = stage;
    }

    public InetSocketAddress remote() {
        return (InetSocketAddress) context.channel().remoteAddress();
    }

    /** @param message 1..{@link #MAX_MESSAGE} bytes; the other side gets them as one */
    public void send(byte[] message) {
        context.writeAndFlush(frame(message), context.voidPromise());
    }

    /** From now on the other side may take as long as a person does, up to the end of a pairing code's validity. */
    public void awaitPerson() {
        stage.awaitPerson();
    }

    /** Closes after what was sent is on its way; {@link PairingHandler#closed} follows with this reason, unless there was one before. */
    public void close(CloseReason why) {
        stage.end(context, why);
    }

    /** Sends a last message, and closes when it is on its way. */
    public void sendAndClose(byte[] message, CloseReason why) {
        context.writeAndFlush(frame(message)).addListener((ChannelFuture sent) -> stage.end(context, why));
    }

    private ByteBuf frame(byte[] message) {
        if (message.length < 1 || message.length > MAX_MESSAGE) {
            throw new IllegalArgumentException("a pairing message of " + message.length + " bytes");
        }
        return context.alloc().buffer(Short.BYTES + message.length).writeShort(message.length).writeBytes(message);
    }
}
