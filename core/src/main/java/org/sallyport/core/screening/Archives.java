package org.sallyport.core.screening;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.sallyport.core.model.NameFlag;
import org.tukaani.xz.XZInputStream;

/**
 * Looks into archives and the archives in them, without unpacking anything to the disk: names and types of what is in them, and whether all of it
 * is within the antivirus program's reach. Whatever is wrong with an archive is a finding. One thread, one archive.
 */
final class Archives {
    /** An archive in an archive that is read here and there, not from its beginning to its end, is held in memory to be looked into. */
    private static final int LARGEST_INNER = 16 << 20;
    static final int MEMORY_KIB = 80 << 10;
    private static final int MOST_NAME = 100;
    private static final int MOST_PATH = 4096;
    private static final String GIVE_UP = "Open it only if you know who made it.";

    private final Findings findings;
    private final ArchiveBudget budget;

    Archives(Findings findings, ArchiveBudget budget) {
        this.findings = findings;
        this.budget = budget;
    }

    /** One thing in an archive. @param in its bytes, empty for a folder; read to the end or not */
    @FunctionalInterface
    interface Visitor {
        void visit(String name, InputStream in) throws IOException;
    }

    /** A kind of archive that this program can look into. */
    private enum Format {
        ZIP, SEVEN_ZIP, TAR, GZIP, BZIP2, XZ;

        /** Read from its beginning to its end, so nothing of it needs to be held. */
        boolean flows() {
            return this != ZIP && this != SEVEN_ZIP;
        }
    }

    /** How what is in an archive is come by. */
    @FunctionalInterface
    private interface Opening {
        void with(Visitor visitor) throws IOException;
    }

    /**
     * Looks into a file, if it is an archive.
     *
     * @param head its first {@value Magic#HEAD} bytes
     */
    void look(SeekableByteChannel file, byte[] head, Content content, String name) {
        try {
            inside(file, head, content, name, 1);
        } catch (ArchiveBudget.LimitException e) {
            findings.incomplete(e.getMessage());
        }
    }

    private void inside(SeekableByteChannel bytes, byte[] head, Content content, String name, int depth) throws ArchiveBudget.LimitException {
        Optional<Format> format = format(head);
        if (format.isEmpty()) {
            if (content.kind() == Content.Kind.ARCHIVE || content.kind() == Content.Kind.DISK_IMAGE) {
                findings.incomplete("It is " + content.what() + (depth > 1 ? " in an archive" : "") + ", which this program cannot look into. "
                        + GIVE_UP);
            }
            return;
        }
        inside(content, depth, visitor -> open(format.get(), bytes, name, visitor));
    }

    private void inside(Content content, int depth, Opening opening) throws ArchiveBudget.LimitException {
        if (depth > ArchiveBudget.MOST_DEPTH) {
            findings.incomplete("It holds archives in archives, deeper than is looked. " + GIVE_UP);
            return;
        }
        try {
            opening.with((entry, in) -> entry(entry, in, depth));
        } catch (ArchiveBudget.LimitException | CancellationException e) {
            throw e;
        } catch (EncryptedException e) {
            findings.incomplete("It is encrypted, so nobody without its password can look inside, "
                    + "neither this program nor an antivirus program. " + GIVE_UP);
        } catch (IOException | RuntimeException e) {
            // what a library throws at malformed bytes is not limited to IOException
            findings.incomplete("It is " + content.what() + " that is damaged or made in an unusual way, so not all of it could be looked at. "
                    + GIVE_UP);
        }
    }

    private void open(Format format, SeekableByteChannel bytes, String name, Visitor visitor) throws IOException {
        switch (format) {
            case ZIP -> ZipLook.list(bytes, findings, budget, visitor);
            case SEVEN_ZIP -> SevenZipLook.list(bytes, visitor);
            case TAR, GZIP, BZIP2, XZ -> open(format, stream(bytes), name, visitor);
        }
    }

    /** One that {@linkplain Format#flows flows}. */
    private void open(Format format, InputStream bytes, String name, Visitor visitor) throws IOException {
        switch (format) {
            case TAR -> TarLook.list(bytes, visitor);
            case GZIP -> compressed(new GZIPInputStream(bytes, 1 << 16), name, visitor);
            case BZIP2 -> compressed(new BZip2CompressorInputStream(bytes, true), name, visitor);
            case XZ -> compressed(new XZInputStream(bytes, MEMORY_KIB), name, visitor);
            case ZIP, SEVEN_ZIP -> throw new IllegalArgumentException(format + " is not read from its beginning to its end");
        }
    }

    /** One file, or a tar of many. */
    private void compressed(InputStream in, String name, Visitor visitor) throws IOException {
        InputStream metered = budget.metered(in);
        byte[] head = metered.readNBytes(TarLook.BLOCK);
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), metered);
        if (TarLook.isTar(head)) {
            TarLook.list(all, visitor);
        } else {
            int dot = name.lastIndexOf('.');
            visitor.visit(dot > 0 ? name.substring(0, dot) : name, all);
        }
    }

    private void entry(String given, InputStream raw, int depth) throws IOException {
        budget.entry(depth);
        if (given.length() > MOST_PATH) {
            findings.suspicious("A name in it has " + given.length() + " letters. Nobody needs that many.");
        }
        String path = given.length() > MOST_PATH ? given.substring(given.length() - MOST_PATH) : given;
        name(path);
        InputStream in = budget.metered(raw);
        byte[] head = in.readNBytes(Magic.HEAD);
        if (head.length == 0) {
            return;
        }
        Content content = Magic.of(head);
        NameClaim.mismatch(content, last(path)).ifPresent(why -> findings.suspicious("In it, \"" + shown(path) + "\" " + why));
        if (isMacros(path) && !NameClaim.admitsMacros(last(path))) {
            findings.suspicious("It holds a program (macros).");
        }
        if (budget.isBeyondReach()) {
            return;
        }
        Optional<Format> format = format(head);
        if (format.filter(Format::flows).isPresent()) {
            InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), in);
            inside(content, depth + 1, visitor -> open(format.get(), all, last(path), visitor));
            drain(in);
        } else if (format.isPresent()) {
            nested(head, in, content, path, depth);
        } else {
            if (content.kind() == Content.Kind.ARCHIVE) {
                findings.incomplete("It holds " + content.what() + ", which this program cannot look into. " + GIVE_UP);
            }
            drain(in);
        }
    }

    private void nested(byte[] head, InputStream in, Content content, String path, int depth) throws IOException {
        byte[] rest = in.readNBytes(LARGEST_INNER - head.length);
        if (in.read() >= 0) {
            findings.incomplete("It holds an archive of more than " + (LARGEST_INNER >> 20) + " MiB, which was not looked into. " + GIVE_UP);
            drain(in);
            return;
        }
        byte[] all = Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, all, head.length, rest.length);
        inside(new SeekableInMemoryByteChannel(all), head, content, last(path), depth + 1);
    }

    private void name(String path) {
        String plain = path.replace('\\', '/');
        if (plain.startsWith("/") || plain.matches("[a-zA-Z]:.*") || List.of(plain.split("/")).contains("..")) {
            findings.suspicious("In it, \"" + shown(path) + "\" would be unpacked outside its folder.");
        }
        List<String> parts = Arrays.stream(plain.split("/")).filter(part -> !part.isEmpty()).toList();
        if (!parts.isEmpty() && !plain.endsWith("/")) {
            new FileNames().flags(parts, String.join("/", parts)).stream().filter(flag -> flag.risk() == NameFlag.Risk.BLOCK).findFirst()
                    .ifPresent(flag -> findings.suspicious("About \"" + shown(path) + "\" in it: " + flag.sentence()));
        }
    }

    private static void drain(InputStream in) throws IOException {
        byte[] waste = new byte[64 << 10];
        while (in.read(waste, 0, waste.length) >= 0) {
            // counting is all
        }
    }

    private static boolean isMacros(String path) {
        return last(path).equalsIgnoreCase("vbaProject.bin");
    }

    private static String last(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /** A name of a stranger, safe to show. */
    private static String shown(String path) {
        StringBuilder safe = new StringBuilder();
        path.codePoints().limit(MOST_NAME).map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || c == '"' ? '_' : c)
                .forEach(safe::appendCodePoint);
        return path.length() > MOST_NAME ? safe + "…" : safe.toString();
    }

    private static Optional<Format> format(byte[] head) {
        if (begins(head, "PK\003\004") || begins(head, "PK\005\006")) {
            return Optional.of(Format.ZIP);
        }
        if (begins(head, "7z\u00bc\u00af\u0027\u001c")) {
            return Optional.of(Format.SEVEN_ZIP);
        }
        if (begins(head, "\u001f\u008b\b")) {
            return Optional.of(Format.GZIP);
        }
        if (begins(head, "BZh") && head.length > 4 && head[4] == 0x31) {
            return Optional.of(Format.BZIP2);
        }
        if (begins(head, "\u00fd7zXZ\0")) {
            return Optional.of(Format.XZ);
        }
        return TarLook.isTar(head) ? Optional.of(Format.TAR) : Optional.empty();
    }

    private static boolean begins(byte[] head, String mark) {
        return Magic.startsWith(head, mark.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static InputStream stream(SeekableByteChannel bytes) throws IOException {
        bytes.position(0);
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return length == 0 ? 0 : bytes.read(ByteBuffer.wrap(into, offset, length));
            }
        };
    }

    /** A password is needed. */
    static final class EncryptedException extends IOException {
        EncryptedException() {
            super("encrypted");
        }
    }
}
