package org.sallyport.core.screening;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Supplier;
import org.sallyport.core.model.ScannerState;

/** ClamAV's daemon, over its own protocol: clamd(8), commands VERSION and INSTREAM. */
final class Clamd implements Scanner {
    private static final int CHUNK = 256 << 10;
    private static final Duration DAY = Duration.ofDays(1);

    private final ClamdAddress address;
    private final ClamdFinder finder;
    private final ClamdTimes times;
    private final Supplier<Duration> freshFor;
    private final Clock clock;
    private ClamdLimits limits = ClamdLimits.CONSERVATIVE;
    /** What it took before it said that it was too long; clamd tells nobody the figure itself. */
    private long learned = Long.MAX_VALUE;

    Clamd(ClamdAddress address, ClamdFinder finder, ClamdTimes times, Supplier<Duration> freshFor, Clock clock) {
        this.address = address;
        this.finder = finder;
        this.times = times;
        this.freshFor = freshFor;
        this.clock = clock;
    }

    ClamdAddress address() {
        return address;
    }

    @Override
    public ScannerState probe(Runnable stillWanted) {
        learned = Long.MAX_VALUE;
        try {
            ScannerState state = ask(stillWanted);
            byte[] harmless = HarmlessTestFile.bytes();
            try (ClamdConnection connection = open(stillWanted, times.answer())) {
                boolean sent = connection.send(ascii("zINSTREAM\0")) && connection.send(frame(harmless, harmless.length))
                        && connection.send(frame(harmless, 0));
                ClamdReply reply = ClamdReply.parse(connection.reply());
                if (!sent || reply.kind() != ClamdReply.Kind.FOUND) {
                    return unreachable("ClamAV answers, but does not know the harmless EICAR test file, so it would find nothing. "
                            + "Its definitions may be missing: run freshclam, then check again.");
                }
            }
            return state;
        } catch (ClamdException e) {
            return unreachable(sentence(e));
        }
    }

    @Override
    public ScanAnswer scan(Specimen specimen) throws IOException {
        ScannerState state;
        try {
            state = ask(specimen::check);
        } catch (ClamdException e) {
            return new ScanAnswer(ScanAnswer.Kind.NOT_SCANNED, sentence(e), true, unreachable(sentence(e)));
        }
        if (specimen.size() > state.largestBytes()) {
            return notScanned(tooLarge(), false, state);
        }
        try (ClamdConnection connection = open(specimen::check, times.total())) {
            long sent = stream(connection, specimen);
            long start = System.nanoTime();
            ClamdReply reply = ClamdReply.parse(connection.reply());
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return answer(reply, took, sent, specimen.size(), state);
        } catch (ClamdException e) {
            return notScanned("ClamAV did not scan it to the end: " + e.getMessage() + ". It is tried again later.", true, state);
        }
    }

    @Override
    public Reach reach() {
        return new Reach(limits.scanBytes(), limits.fileBytes(), limits.depth(), limits.files(), limits.alerts());
    }

    /** @return bytes sent, fewer than the file has if clamd would not take them */
    private static long stream(ClamdConnection connection, Specimen specimen) throws IOException, ClamdException {
        long sent = 0;
        if (connection.send(ascii("zINSTREAM\0"))) {
            byte[] buffer = new byte[CHUNK];
            for (int read = specimen.read(buffer); read >= 0; read = specimen.read(buffer)) {
                if (!connection.send(frame(buffer, read))) {
                    return sent;
                }
                sent += read;
            }
            connection.send(frame(buffer, 0));
        }
        return sent;
    }

    private ScanAnswer answer(ClamdReply reply, Duration took, long sent, long size, ScannerState state) {
        return switch (reply.kind()) {
            case CLEAN -> clean(took, sent, size, state);
            case FOUND -> new ScanAnswer(ScanAnswer.Kind.INFECTED, reply.text(), false, state);
            case ENCRYPTED -> notScanned("It is encrypted, so ClamAV cannot look inside. Open it only if you know who made it.", false, state);
            case LIMITS -> notScanned("ClamAV did not look at all of it, because it goes beyond its limits (" + reply.text()
                    + "). Raise MaxScanSize, MaxFileSize or MaxScanTime in its configuration, then scan again.", false, state);
            case TOO_LONG -> {
                learned = Math.min(learned, Math.max(sent, 1));
                yield notScanned(tooLarge(), false, state);
            }
            case ERROR -> notScanned("ClamAV reported an error: \"" + reply.text() + "\". It is tried again later.", true, state);
        };
    }

    private ScanAnswer clean(Duration took, long sent, long size, ScannerState state) {
        if (sent != size) {
            return notScanned("ClamAV answered before it had all of it. It is tried again later.", true, state);
        }
        // clamd starts to look when it has everything, and says OK when its time is over
        return took.compareTo(limits.scanTime()) < 0 ? new ScanAnswer(ScanAnswer.Kind.CLEAN, "", false, state)
                : notScanned("ClamAV ran out of time with it. Raise MaxScanTime in its configuration, then scan again.", false, state);
    }

    private ScannerState ask(Runnable stillWanted) throws ClamdException {
        ClamdReply.Version version;
        try (ClamdConnection connection = open(stillWanted, times.answer())) {
            connection.send(ascii("zVERSION\0"));
            version = ClamdReply.version(connection.reply(), ZoneId.systemDefault());
        }
        limits = finder.configuration(address).map(lines -> ClamdLimits.parse(lines, version.engine())).orElse(ClamdLimits.CONSERVATIVE);
        Instant now = clock.instant();
        Duration age = Duration.between(version.definitionsAt(), now);
        boolean old = age.compareTo(freshFor.get()) > 0;
        return new ScannerState(ScannerState.Kind.READY, address.text(), version.engine(), version.definitions(), version.definitionsAt(), old,
                largest(), now, ready(version, age, old));
    }

    private static String ready(ClamdReply.Version version, Duration age, boolean old) {
        if (version.definitionsAt().equals(Instant.EPOCH)) {
            return version.engine() + " does not say how old its virus definitions are, so nothing is called clean. Run freshclam, then check again.";
        }
        return old ? "The virus definitions of " + version.engine() + " are " + age.dividedBy(DAY)
                + " days old, so nothing is called clean. Run freshclam, then check again." : version.engine() + " is ready.";
    }

    private long largest() {
        return Math.min(limits.largestBytes(), learned);
    }

    private String tooLarge() {
        String most = "It is larger than the " + (largest() >> 20) + " MiB that ClamAV looks at";
        return largest() >= ClamdLimits.HARD ? most + "; no setting of ClamAV changes that." : most
                + " here. Raise StreamMaxLength, MaxFileSize and MaxScanSize in its configuration (2 GiB at most), then scan again.";
    }

    private ClamdConnection open(Runnable stillWanted, Duration total) throws ClamdException {
        Duration idle = times.idle().compareTo(total) < 0 ? times.idle() : total;
        return ClamdConnection.open(address, times.connect(), idle, total, stillWanted);
    }

    private ScannerState unreachable(String sentence) {
        return ScannerState.unreachable(address.text(), clock.instant(), sentence);
    }

    private String sentence(ClamdException e) {
        String place = address.text();
        String step = e.getCause() != null && String.valueOf(e.getMessage()).contains("Permission denied")
                ? "You are not allowed to use it: ask an administrator to put you into the group that owns its socket, then log in again."
                : "Start it, on Debian for example with: sudo systemctl start clamav-daemon. Then check again.";
        return "ClamAV does not answer at " + place + " (" + e.getMessage() + "). " + step;
    }

    private static ScanAnswer notScanned(String why, boolean retry, ScannerState state) {
        return new ScanAnswer(ScanAnswer.Kind.NOT_SCANNED, why, retry, state);
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Length in network order, then the bytes; length 0 is the end. */
    private static ByteBuffer frame(byte[] bytes, int length) {
        return ByteBuffer.allocate(Integer.BYTES + length).putInt(length).put(bytes, 0, length).flip();
    }
}
