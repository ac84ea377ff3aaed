package org.sallyport.core.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.ScannerState;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.model.Verdict.Kind;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.testkit.FreePort;
import org.sallyport.core.testkit.NeedsClamd;
import org.sallyport.core.testkit.RealClamd;

/** Files before a real clamd whose definitions know EICAR. */
@NeedsClamd
class RealClamdTest {
    private static final ClamdTimes SHORT = new ClamdTimes(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(2),
            Duration.ofMinutes(5));
    private static final ClamdTimes PATIENT = new ClamdTimes(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMinutes(2),
            Duration.ofMinutes(5));
    private static final int MIB = 1 << 20;

    @TempDir
    static Path place;
    @TempDir
    Path folder;
    private static RealClamd clamd;

    @BeforeAll
    static void start() {
        clamd = new RealClamd(place.resolve("c"), Instant.now(), "StreamMaxLength 20M", "MaxFileSize 30M", "MaxScanSize 40M");
    }

    @AfterAll
    static void stop() {
        clamd.close();
    }

    @Test
    void tellsWhoItIs() {
        ScannerState state = screening(clamd, PATIENT).probe();

        assertThat(state.kind()).as(state.sentence()).isEqualTo(ScannerState.Kind.READY);
        assertThat(state.engine()).startsWith("ClamAV ");
        assertThat(state.definitions()).isEqualTo("27000");
        assertThat(state.definitionsAt()).isBetween(Instant.now().minusSeconds(600), Instant.now());
        assertThat(state.old()).isFalse();
        assertThat(state.largestBytes()).isEqualTo(20 * MIB);
    }

    @Test
    void infectedIsInfectedAndCleanIsClean() throws Exception {
        Path bad = Files.write(folder.resolve("holiday.jpg"), RealClamd.eicar());
        Path good = Files.writeString(folder.resolve("letter.txt"), "hello");

        Screened infected = screen(clamd, bad);
        assertThat(infected.verdict()).isEqualTo(new Verdict(Kind.INFECTED, "Sallyport.Test.Eicar.UNOFFICIAL"));
        assertThat(infected.sha256()).isEqualTo("275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f");
        Screened clean = screen(clamd, good);
        assertThat(clean.verdict()).isEqualTo(new Verdict(Kind.CLEAN, ""));
        assertThat(clean.engine()).startsWith("ClamAV ");
        assertThat(clean.retry()).isFalse();
    }

    @Test
    void eicarIsFoundInArchivesAndUnderOtherNames() throws Exception {
        byte[] zip = zip("eicar.com", RealClamd.eicar());
        for (byte[] bytes : List.of(zip, zip("inner.zip", zip), zip("a.zip", zip("inner.zip", zip)))) {
            assertThat(screen(clamd, Files.write(folder.resolve("holiday.jpg"), bytes)).verdict().kind()).isEqualTo(Kind.INFECTED);
            assertThat(screen(clamd, Files.write(folder.resolve("a.zip"), bytes)).verdict().kind()).isEqualTo(Kind.INFECTED);
        }
        assertThat(screen(clamd, Files.write(folder.resolve("c.zip"), zip("letter.txt", new byte[] {'a'}))).verdict().kind()).isEqualTo(Kind.CLEAN);
    }

    @Test
    void whatClamdPassesOverInAnArchiveIsNotClean() throws Exception {
        byte[] large = new byte[32 * MIB];
        System.arraycopy(RealClamd.eicar(), 0, large, large.length - 100, RealClamd.eicar().length);

        Screened screened = screen(clamd, Files.write(folder.resolve("a.zip"), zip("large.dat", large)));

        assertThat(screened.verdict().kind()).isEqualTo(Kind.NOT_SCANNED);
        assertThat(screened.verdict().reason()).contains("more than ClamAV looks at");
    }

    @Test
    void whatIsEncryptedIsNotClean() throws Exception {
        byte[] zip = zip("secret.txt", new byte[] {'a'});
        zip[6] |= 1;
        int central = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\001\002");
        zip[central + 8] |= 1;

        Screened screened = screen(clamd, Files.write(folder.resolve("a.zip"), zip));

        assertThat(screened.verdict().kind()).isEqualTo(Kind.NOT_SCANNED);
        assertThat(screened.verdict().reason()).contains("encrypted");
    }

    @Test
    void whatClamdReportsAsBeyondItsLimitsOrEncryptedIsNotAVirus() throws Exception {
        try (RealClamd strict = new RealClamd(place.resolve("r"), Instant.now(), "MaxScanSize 2M", "AlertExceedsMax yes", "AlertEncrypted yes")) {
            Screened beyond = screen(strict, Files.write(folder.resolve("a.zip"), zip("large.dat", new byte[3 * MIB])));
            assertThat(beyond.verdict().kind()).isEqualTo(Kind.NOT_SCANNED);
            assertThat(beyond.verdict().reason()).contains("Heuristics.Limits.Exceeded");
        }
    }

    @Test
    void aDisguisedProgramIsSuspiciousEvenIfNoVirusIsKnown() throws Exception {
        byte[] program = Arrays.copyOf(new byte[] {'M', 'Z', (byte) 0x90, 0, 3}, 500);

        Screened disguised = screen(clamd, Files.write(folder.resolve("film.mkv"), program));
        assertThat(disguised.verdict()).isEqualTo(new Verdict(Kind.SUSPICIOUS,
                "It is a Windows program, although its name says that it is a video."));
        Screened honest = screen(clamd, Files.write(folder.resolve("setup.exe"), program));
        assertThat(honest).extracting(Screened::verdict, Screened::what).containsExactly(new Verdict(Kind.CLEAN, ""), "a Windows program");
    }

    @Test
    void aLargeFileIsScannedWhole() throws Exception {
        byte[] bytes = new byte[15 * MIB];
        System.arraycopy(RealClamd.eicar(), 0, bytes, bytes.length - 100, RealClamd.eicar().length);

        assertThat(screen(clamd, Files.write(folder.resolve("late.bin"), bytes)).verdict().kind()).isEqualTo(Kind.INFECTED);
    }

    @Test
    void beyondTheLimitsNothingIsCleanNotEvenAHoleOf2GiB() throws Exception {
        for (long size : new long[] {20L * MIB + 1, 2_200_000_000L}) {
            Screened screened = screen(clamd, sparse(size));

            assertThat(screened.verdict().kind()).isEqualTo(Kind.NOT_SCANNED);
            assertThat(screened.verdict().reason()).contains("larger than the 20 MiB").contains("StreamMaxLength");
            assertThat(screened.retry()).isFalse();
            assertThat(screened.sha256()).hasSize(64);
        }
    }

    @Test
    void aLimitThatNoConfigurationTellsIsLearned() throws Exception {
        try (RealClamd secretive = new RealClamd(place.resolve("s"), Instant.now(), "StreamMaxLength 3M")) {
            Files.delete(secretive.socket().resolveSibling("clamd.conf"));
            Screening screening = screening(secretive, PATIENT);

            Verdict verdict = screening.screen(new ScreenRequest(sparse(10 * MIB), "a"), ScreenWatch.NONE).verdict();

            assertThat(verdict.kind()).isEqualTo(Kind.NOT_SCANNED);
            assertThat(verdict.reason()).contains("larger than the 3 MiB");
            assertThat(screening.screen(new ScreenRequest(Files.writeString(folder.resolve("b"), "b"), "b"), ScreenWatch.NONE).verdict().kind())
                    .isEqualTo(Kind.CLEAN);
        }
    }

    @Test
    void aPortOfThisComputerWillDo() throws Exception {
        int port = FreePort.any();
        try (RealClamd open = new RealClamd(place.resolve("p"), Instant.now(), "TCPSocket " + port, "TCPAddr 127.0.0.1")) {
            Screening screening = new Screening(() -> Settings.Screening.DEFAULT.withScanner("localhost:" + port), Clock.systemUTC(),
                    new ClamdFinder(place), PATIENT);

            assertThat(screening.probe().kind()).as(screening.scannerState().sentence()).isEqualTo(ScannerState.Kind.READY);
            assertThat(screening.screen(new ScreenRequest(Files.write(folder.resolve("a"), RealClamd.eicar()), "a"), ScreenWatch.NONE).verdict()
                    .kind())
                    .isEqualTo(Kind.INFECTED);
            assertThat(screening.screen(new ScreenRequest(Files.writeString(folder.resolve("b"), "b"), "b"), ScreenWatch.NONE).verdict().kind())
                    .isEqualTo(Kind.CLEAN);
        }
    }

    @Test
    void newDefinitionsAreSeen() throws Exception {
        try (RealClamd old = new RealClamd(place.resolve("n"), Instant.now().minus(Duration.ofDays(9)))) {
            Screening screening = screening(old, PATIENT);
            ScannerState before = screening.probe();
            old.kill();
            old.define(Instant.now());
            old.start();
            ScannerState after = screening.probe();

            assertThat(before.old()).isTrue();
            assertThat(before.sentence()).contains("freshclam");
            assertThat(after.old()).isFalse();
            assertThat(after.definitionsAt()).isAfter(before.definitionsAt());
        }
    }

    @Test
    void oldDefinitionsCallNothingClean() throws Exception {
        try (RealClamd old = new RealClamd(place.resolve("o"), Instant.now().minus(Duration.ofDays(9)))) {
            Screened screened = screen(old, Files.writeString(folder.resolve("a"), "a"));

            assertThat(screened.verdict().kind()).isEqualTo(Kind.NOT_SCANNED);
            assertThat(screened.verdict().reason()).contains("9 days old").contains("freshclam");
            assertThat(screened.retry()).isTrue();
            assertThat(screen(old, Files.write(folder.resolve("b"), RealClamd.eicar())).verdict().kind()).isEqualTo(Kind.INFECTED);
        }
    }

    @Test
    void killedRestartedHungAndStopped() throws Exception {
        try (RealClamd weak = new RealClamd(place.resolve("w"), Instant.now(), "StreamMaxLength 100M")) {
            Path file = sparse(20 * MIB);
            AtomicInteger calls = new AtomicInteger();

            Screened dead = screening(weak, PATIENT).screen(new ScreenRequest(file, "a"), done -> {
                if (done > 5 * MIB && calls.getAndIncrement() == 0) {
                    weak.kill();
                }
                return true;
            });
            assertThat(dead.verdict().kind()).isEqualTo(Kind.NOT_SCANNED);
            assertThat(dead.verdict().reason()).contains("ended the connection").contains("tried again");
            assertThat(dead.retry()).isTrue();

            Screened stopped = screen(weak, file);
            assertThat(stopped.verdict().kind()).isEqualTo(Kind.NOT_SCANNED);
            assertThat(stopped.verdict().reason()).contains("does not answer").contains("systemctl start");
            assertThat(stopped.retry()).isTrue();

            weak.start();
            assertThat(screen(weak, file).verdict().kind()).isEqualTo(Kind.CLEAN);

            weak.suspend();
            Screened hung = screening(weak, SHORT).screen(new ScreenRequest(file, "a"), ScreenWatch.NONE);
            assertThat(hung.verdict().kind()).isEqualTo(Kind.NOT_SCANNED);
            assertThat(hung.verdict().reason()).contains("hangs");
            assertThat(hung.retry()).isTrue();
            AtomicInteger looks = new AtomicInteger();
            assertThatThrownBy(() -> screening(weak, PATIENT).screen(new ScreenRequest(file, "a"), done -> looks.incrementAndGet() < 3))
                    .isInstanceOf(CancellationException.class);
            weak.resume();
            assertThat(screen(weak, file).verdict().kind()).isEqualTo(Kind.CLEAN);
        }
    }

    @Test
    void hangsInMidScan() throws Exception {
        try (RealClamd weak = new RealClamd(place.resolve("h"), Instant.now(), "StreamMaxLength 100M")) {
            AtomicInteger calls = new AtomicInteger();

            Screened hung = screening(weak, SHORT).screen(new ScreenRequest(sparse(20 * MIB), "a"), done -> {
                if (done > 5 * MIB && calls.getAndIncrement() == 0) {
                    weak.suspend();
                }
                return true;
            });

            assertThat(hung.verdict().kind()).isEqualTo(Kind.NOT_SCANNED);
            assertThat(hung.verdict().reason()).contains("hangs");
            assertThat(hung.retry()).isTrue();
            assertThat(hung.sha256()).hasSize(64);
        }
    }

    private static byte[] zip(String name, byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(bytes);
            zip.closeEntry();
        }
        return out.toByteArray();
    }

    private Path sparse(long size) throws IOException {
        Path file = folder.resolve("sparse-" + size);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(size);
        }
        return file;
    }

    private static Screened screen(RealClamd by, Path file) {
        return screening(by, PATIENT).screen(new ScreenRequest(file, file.getFileName().toString()), ScreenWatch.NONE);
    }

    private static Screening screening(RealClamd by, ClamdTimes times) {
        return new Screening(() -> Settings.Screening.DEFAULT.withScanner(by.address()), Clock.systemUTC(), new ClamdFinder(place), times);
    }
}
