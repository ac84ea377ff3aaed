package org.sallyport.core.engine;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.discovery.DaemonThreads;
import org.sallyport.core.discovery.WebQuestion;
import org.sallyport.core.discovery.WebSeedClient;
import org.sallyport.core.discovery.WebSeedException;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.swarm.WebCalls;
import org.sallyport.core.transport.Limiter;
import org.sallyport.core.transport.LocalNetworks;
import org.sallyport.core.transport.Meter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks web servers on threads of its own for all torrents, and brings what they send to the network thread, never more than it can take. */
final class WebServers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServers.class);
    private static final int THREADS = 8;
    private static final int IDLE_SECONDS = 30;
    /** Of 64 KiB, on their way to the network thread. */
    private static final int CHUNKS_UNDER_WAY = 8;

    private final WebSeedClient client;
    private final Executor loop;
    private final Limiter limiter;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), DaemonThreads.named("sallyport-web"));

    WebServers(WebSeedClient client, Executor loop, Limiter limiter) {
        this.limiter = limiter;
        this.client = client;
        this.loop = loop;
        threads.allowCoreThreadTimeOut(true);
    }

    /** @param meter of the torrent, by which what comes is counted and limited */
    WebCalls of(InfoHash hash, Meter meter) {
        return (request, listener) -> {
            Question question = new Question(new WebQuestion(hash, request.address(), request.from(), request.length(), request.ranged()),
                    listener, meter);
            try {
                threads.execute(question);
            } catch (RejectedExecutionException closing) {
                LOG.debug("no web server is asked any more");
            }
            return question;
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.close();
    }

    private final class Question implements Runnable, WebCalls.Call {
        private final WebQuestion asked;
        private final WebCalls.Listener listener;
        private final WebSeedClient.Stop stop = new WebSeedClient.Stop();
        private final Meter meter;
        private final Semaphore room = new Semaphore(CHUNKS_UNDER_WAY);

        Question(WebQuestion asked, WebCalls.Listener listener, Meter meter) {
            this.meter = meter;
            this.asked = asked;
            this.listener = listener;
        }

        @Override
        public void run() {
            if (stop.isNow()) {
                return;
            }
            try {
                client.fetch(asked, this::take, stop);
                tell(listener::done);
            } catch (WebSeedException e) {
                WebCalls.Failure failure = new WebCalls.Failure(e.pause(), e.kind() == WebSeedException.Kind.REFUSED, e.getMessage());
                tell(() -> listener.failed(failure));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.error("asking a web server for {} failed unexpectedly", asked.hash().shortHex(), e);
                tell(() -> listener.failed(new WebCalls.Failure(Duration.ZERO, true, "Something unexpected went wrong; the log has details.")));
            }
        }

        private boolean take(byte[] data, int length) throws InterruptedException {
            room.acquire();
            ByteBuffer chunk = ByteBuffer.wrap(Arrays.copyOf(data, length));
            loop.execute(() -> {
                if (stop.isNow()) {
                    room.release();
                    return;
                }
                Limiter.Intake intake = limiter.intake(meter, isOwn(asked.address()));
                intake.received(length);
                listener.data(chunk);
                intake.ask(bytes -> room.release()); // while it waits nothing more is read, and the server's system slows down
            });
            return !stop.isNow();
        }

        /** Only a literal address says so: what a name leads to is known to the client alone, and names are for servers elsewhere. */
        private static boolean isOwn(String address) {
            try {
                String host = URI.create(address).getHost();
                boolean literal = host != null && host.matches("[0-9.]+|\\[[0-9a-fA-F:.]+]");
                return literal && LocalNetworks.isOwn(InetAddress.getByName(host));
            } catch (IllegalArgumentException | UnknownHostException e) {
                return false;
            }
        }

        /** On the network thread, unless it was cancelled before. */
        private void tell(Runnable news) {
            loop.execute(() -> {
                if (!stop.isNow()) {
                    news.run();
                }
            });
        }

        @Override
        public void cancel() {
            stop.now();
            room.release(CHUNKS_UNDER_WAY); // its thread may wait for room that the limits would give it much later
        }
    }
}
