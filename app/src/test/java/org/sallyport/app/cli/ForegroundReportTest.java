package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.Verdict;

class ForegroundReportTest {
    private final Capture pipe = Capture.pipe();
    private final ForegroundReport json = new ForegroundReport(pipe.terminal(), true);
    private final ForegroundReport text = new ForegroundReport(pipe.terminal(), false);

    private static final long SECOND = 1_000_000_000;
    private static final String HASH = Samples.HASH.hex();

    @Test
    void theEventsAreThoseOfTheContract() throws CommandFailedException {
        json.toTheEnd(() -> {
            json.ready(new PortState(51413, PortState.Kind.OPEN, "open"));
            json.progress(List.of(Samples.torrent(Samples.HASH, TorrentState.DOWNLOADING, 1000)), 0);
            json.verified(Samples.HASH, "Sea sounds");
            json.verdict(Samples.HASH, "Sea/a.txt", "/d/Sea/a.txt", "notScanned", "no scanner yet");
            json.released(Samples.HASH, "Sea/a.txt", "/d/Sea/a.txt");
            json.refused(new Refusal("tracker.local", "It was not asked."));
            return 0;
        });

        assertThat(pipe.out()).containsExactly(
                "{\"event\":\"ready\",\"port\":51413}",
                "{\"event\":\"progress\",\"hash\":\"" + HASH
                + "\",\"doneBytes\":1000,\"totalBytes\":2000,\"downRate\":100,\"upRate\":50,\"peers\":2}",
                "{\"event\":\"verified\",\"hash\":\"" + HASH + "\"}",
                "{\"event\":\"verdict\",\"hash\":\"" + HASH
                + "\",\"file\":\"Sea/a.txt\",\"path\":\"/d/Sea/a.txt\",\"verdict\":\"notScanned\",\"reason\":\"no scanner yet\"}",
                "{\"event\":\"released\",\"hash\":\"" + HASH + "\",\"file\":\"Sea/a.txt\",\"path\":\"/d/Sea/a.txt\"}",
                "{\"event\":\"refused\",\"rule\":\"tracker.local\",\"reason\":\"It was not asked.\"}",
                "{\"event\":\"done\",\"exit\":0}");
    }

    @Test
    void itIsToldOnceForEachReasonWhichFilesAreLeftOut() {
        List<LeftOut> reasons = List.of(new LeftOut(FileSnapshot.Skip.INTENT, "not for Video", 12), new LeftOut(FileSnapshot.Skip.CHOICE, "", 1));

        json.leftOut(Samples.HASH, reasons);
        json.leftOut(Samples.HASH, reasons);
        text.leftOut(Samples.HASH, reasons);

        assertThat(pipe.out()).containsExactly(
                "{\"event\":\"leftOut\",\"hash\":\"" + HASH + "\",\"cause\":\"intent\",\"files\":12,"
                        + "\"reason\":\"12 files are left out: not for Video.\"}",
                "{\"event\":\"leftOut\",\"hash\":\"" + HASH + "\",\"cause\":\"choice\",\"files\":1,\"reason\":\"1 file is left out: not chosen.\"}",
                "12 files are left out: not for Video.", "1 file is left out: not chosen.");
    }

    @Test
    void withoutAListenerThePortIsNull() {
        json.ready(new PortState(0, PortState.Kind.RECEIVE_ONLY, "Receive only: no port"));

        assertThat(pipe.out()).containsExactly("{\"event\":\"ready\",\"port\":null}");
    }

    @Test
    void theOneInterfaceIsToldWithWhetherItIsWaitedFor() {
        json.ready(new PortState(51413, PortState.Kind.OPEN, "One port: 51413, open on tun0 only").withNetwork("tun0"));
        PortState waiting = new PortState(51413, PortState.Kind.WAITING, "Waiting for tun0.").withNetwork("tun0");
        json.ready(waiting);
        text.ready(waiting);

        assertThat(pipe.out()).containsExactly("{\"event\":\"ready\",\"port\":51413,\"interface\":\"tun0\",\"waiting\":false}",
                "{\"event\":\"ready\",\"port\":null,\"interface\":\"tun0\",\"waiting\":true}", "ready. Waiting for tun0.");
    }

    @Test
    void whatWasHeardAndThenSeenIsToldOnce() {
        FileSnapshot file = new FileSnapshot(0, "Sea/a.txt", 10, 10, FilePriority.NORMAL, true, Verdict.notScanned("later"));
        json.verified(Samples.HASH, "Sea sounds");
        json.verdict(Samples.HASH, "Sea/a.txt", "/d/Sea/a.txt", "notScanned", "later");
        json.released(Samples.HASH, "Sea/a.txt", "/d/Sea/a.txt");

        json.verified(Samples.HASH, "Sea sounds");
        json.file(Samples.torrent(Samples.HASH, TorrentState.SEEDING, 2000), file);
        json.progress(List.of(Samples.torrent(Samples.HASH, TorrentState.SEEDING, 2000)), 0);
        json.progress(List.of(Samples.torrent(Samples.HASH, TorrentState.SEEDING, 2000)), SECOND);

        assertThat(pipe.out()).hasSize(4);
    }

    @Test
    void afterACrashWhatNobodyHeardIsToldFromTheSnapshot() {
        json.file(Samples.torrent(Samples.HASH, TorrentState.SEEDING, 2000),
                new FileSnapshot(0, "Sea/a.txt", 10, 10, FilePriority.NORMAL, true, new Verdict(Verdict.Kind.SUSPICIOUS, "a script")));

        assertThat(pipe.out()).hasSize(2);
        assertThat(pipe.out().get(0)).contains("\"path\":\"/downloads/Sea sounds/a.txt\",\"verdict\":\"suspicious\",\"reason\":\"a script\"");
    }

    @Test
    void aFailureAlsoEndsWithDone() {
        assertThatThrownBy(() -> json.toTheEnd(() -> {
            throw new CommandFailedException(4, "too slow");
        })).hasMessage("too slow");

        assertThat(pipe.out()).containsExactly("{\"event\":\"done\",\"exit\":4}");
    }

    @Test
    void aPipeGetsALineForEachTenthOfTheWay() {
        for (long done = 0; done <= 2000; done += 50) {
            text.progress(List.of(Samples.torrent(Samples.HASH, TorrentState.DOWNLOADING, done)), done * SECOND);
        }

        assertThat(pipe.out()).hasSize(11);
        assertThat(pipe.out().get(5)).isEqualTo("Sea sounds: [##########..........]  50 %  1.00 KB of 2.00 KB  100 B/s  10 s left  2 peers");
    }

    @Test
    void aTerminalGetsABar() {
        Capture screen = Capture.screen();

        new ForegroundReport(screen.terminal(), false).progress(List.of(Samples.torrent(Samples.HASH, TorrentState.DOWNLOADING, 500)), 0);

        assertThat(screen.outText()).startsWith("\r[#####...............]  25 %");
    }

    @Test
    void theSummarySaysThatNobodyLookedAtTheFiles() {
        text.finished(Samples.torrent(Samples.HASH, TorrentState.FINISHED, 2000), Duration.ofSeconds(3), 2);

        assertThat(pipe.out()).containsExactly(
                "Done: Sea sounds, 2.00 KB in 3 s (500 B/s)",
                "      /downloads/Sea sounds (2 files not scanned for malware)");
    }

    @Test
    void progressIsToldAtMostTwiceASecond() {
        json.progress(List.of(Samples.torrent(Samples.HASH, TorrentState.DOWNLOADING, 1000)), 0);
        json.progress(List.of(Samples.torrent(Samples.HASH, TorrentState.DOWNLOADING, 1500)), SECOND / 2 - 1);
        json.progress(List.of(Samples.torrent(Samples.HASH, TorrentState.DOWNLOADING, 2000)), SECOND / 2);

        assertThat(pipe.out()).extracting(l -> l.replaceAll(".*\"doneBytes\":(\\d+).*", "$1")).containsExactly("1000", "2000");
    }
}
