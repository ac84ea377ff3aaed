package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.discovery.TrackerFixtures.HASH;
import static org.sallyport.core.discovery.TrackerFixtures.PEER_ID;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.core.testkit.TestTracker;
import org.sallyport.core.testkit.VirtualLoop;

/** Real trackers on loopback, but the time of the loop passes only when the test lets it. */
abstract class AnnouncerFixture {
    static final PeerAddress OTHER = PeerAddress.parse("10.1.2.3:6000");
    static final Duration PATIENCE = Duration.ofSeconds(5);

    final TestTracker first = TestTracker.start();
    final TestTracker second = TestTracker.start();
    final VirtualLoop loop = new VirtualLoop();
    final Deque<Runnable> held = new ArrayDeque<>();
    final List<List<PeerAddress>> found = new ArrayList<>();
    final List<Refusal> refused = new ArrayList<>();
    TrackerClient client = TrackerFixtures.client();
    long left = 100;

    @AfterEach
    void close() {
        client.close();
        first.close();
        second.close();
    }

    final Announcer announcer(Executor threads, List<List<String>> tiers) {
        return new Announcer(HASH, tiers, new TrackerCalls(client, threads), loop,
                () -> new AnnounceFacts.Facts(PEER_ID, 6881, 10, 20, left), found::add, refused::add, loop, new Random(7));
    }

    /** Started; HTTP happens at once, on the test's thread. */
    final Announcer started(String... oneTierEach) {
        Announcer announcer = announcer(Runnable::run, List.of(oneTierEach).stream().map(List::of).toList());
        announcer.start();
        loop.run();
        return announcer;
    }

    final TrackerSnapshot only(Announcer announcer) {
        assertThat(announcer.snapshots()).hasSize(1);
        return announcer.snapshots().get(0);
    }
}
