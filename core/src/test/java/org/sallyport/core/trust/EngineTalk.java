package org.sallyport.core.trust;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.sallyport.core.model.Refusal;

/** Two TLS engines that talk through memory until both have nothing more to say. */
final class EngineTalk {
    private static final int ROUNDS = 200;

    final Side client;
    final Side server;

    EngineTalk(SSLEngine client, SSLEngine server) {
        this.client = new Side(client);
        this.server = new Side(server);
    }

    /** One engine with what it has received and not read yet, what it sent in all, and how it failed. */
    static final class Side {
        final SSLEngine engine;
        final List<byte[]> sent = new ArrayList<>();
        private ByteBuffer in = ByteBuffer.allocate(0);
        private Optional<SSLException> failure = Optional.empty();

        Side(SSLEngine engine) {
            this.engine = engine;
        }

        /** Why its handshake failed, empty if it did not. */
        String rule() {
            return failure.map(PeerTls::refusal).map(Refusal::rule).orElse("");
        }

        int bytesSent() {
            return sent.stream().mapToInt(each -> each.length).sum();
        }

        boolean isOpen() {
            return failure.isEmpty() && engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                    && !"SSL_NULL_WITH_NULL_NULL".equals(engine.getSession().getCipherSuite()) && !engine.isInboundDone();
        }

        private boolean step(Side other) {
            return runTasks() | send(other) | receive();
        }

        private boolean runTasks() {
            boolean ran = false;
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
                ran = true;
            }
            return ran;
        }

        private boolean send(Side other) {
            ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            try {
                engine.wrap(ByteBuffer.allocate(0), out);
            } catch (SSLException e) {
                fail(e);
            }
            out.flip();
            if (!out.hasRemaining()) {
                return false;
            }
            byte[] record = new byte[out.remaining()];
            out.get(record);
            sent.add(record);
            other.in = ByteBuffer.allocate(other.in.remaining() + record.length).put(other.in).put(record).flip();
            return true;
        }

        private boolean receive() {
            if (!in.hasRemaining()) {
                return false;
            }
            int before = in.remaining();
            try {
                SSLEngineResult result = engine.unwrap(in, ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()));
                return in.remaining() < before && result.getStatus() == Status.OK;
            } catch (SSLException e) {
                fail(e);
                return false;
            }
        }

        private void fail(SSLException e) {
            if (failure.isEmpty()) {
                failure = Optional.of(e);
            }
        }
    }

    EngineTalk run() throws SSLException {
        client.engine.beginHandshake();
        int round = 0;
        while (client.step(server) | server.step(client)) {
            round++;
            if (round > ROUNDS) {
                throw new IllegalStateException("the engines never come to an end");
            }
        }
        return this;
    }

    boolean bothOpen() {
        return client.isOpen() && server.isOpen();
    }
}
