package org.sallyport.core.engine;

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
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), DaemonThreads.named("sallyport-web"));

    WebServers(WebSeedClient client, Executor loop) {
        this.client = client;
        this.loop = loop;
        threads.allowCoreThreadTimeOut(true);
    }

    WebCalls of(InfoHash hash) {
        return (request, listener) -> {
            Question question = new Question(new WebQuestion(hash, request.address(), request.from(), request.length(), request.ranged()), listener);
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
        private final Semaphore room = new Semaphore(CHUNKS_UNDER_WAY);

        Question(WebQuestion asked, WebCalls.Listener listener) {
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
                room.release();
                if (!stop.isNow()) {
                    listener.data(chunk);
                }
            });
            return !stop.isNow();
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
        }
    }
}
