package org.sallyport.core.screening;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;

/** Tells by its first bytes what a file is: what can start something by rules of our own, everything else by those of Apache Tika. Any thread. */
final class Magic {
    /** As much as Tika looks at; reaches the mark of an ISO image at 32 KiB. */
    static final int HEAD = 64 << 10;
    private static final int TEXT_HEAD = 4096;

    private static final Content WINDOWS = new Content(Content.Kind.WINDOWS_PROGRAM, "a Windows program");
    private static final Content LINUX = new Content(Content.Kind.PROGRAM, "a Linux program");
    private static final Content MAC = new Content(Content.Kind.PROGRAM, "a macOS program");
    private static final Content JAVA = new Content(Content.Kind.PROGRAM, "a Java program");
    private static final Content ANDROID = new Content(Content.Kind.PROGRAM, "an Android program");
    private static final Content SCRIPT = new Content(Content.Kind.SCRIPT, "a script");
    /** MS-SHLLINK 2.1: header size and the class id of shell links. */
    private static final byte[] LINK = {0x4c, 0, 0, 0, 1, 0x14, 2, 0, 0, 0, 0, 0, (byte) 0xc0, 0, 0, 0, 0, 0, 0, 0x46};
    private static final byte[] ACE = "**ACE**".getBytes(StandardCharsets.US_ASCII);
    /** Of text that only interpreters of Windows understand; two of a kind are needed where one could be in a letter. */
    private static final Pattern WINDOWS_SCRIPT = Pattern.compile("^\\s*(?:@echo off|windows registry editor version|regedit4\\s)|<hta:application"
            + "|createobject\\(\\s*\"(?:wscript|scripting|shell|msxml|adodb)\\.|new activexobject\\("
            + "|<job[ >].*<script|wscript\\.(?:shell|createobject)"
            + "|powershell(?:\\.exe)?\\s.{0,200}-(?:enc|w |windowstyle|nop|exec|ep )"
            + "|\\[system\\.convert\\]::frombase64string\\(|invoke-expression[ (]",
            Pattern.DOTALL);
    private static final Pattern TEXT_SHORTCUT = Pattern.compile(
            "^\\s*\\[(?:internetshortcut|desktop entry|\\{000214a0-0000-0000-c000-000000000046}.*)\\]");

    private static final Map<String, String> ARCHIVES = Map.ofEntries(Map.entry("application/zip", "a zip archive"),
            Map.entry("application/x-7z-compressed", "a 7z archive"), Map.entry("application/x-rar-compressed", "a rar archive"),
            Map.entry("application/x-tar", "a tar archive"), Map.entry("application/x-gtar", "a tar archive"), Map.entry("application/gzip",
                    "a gz archive"),
            Map.entry("application/x-bzip2", "a bz2 archive"), Map.entry("application/x-xz", "an xz archive"), Map.entry("application/zstd",
                    "a zst archive"),
            Map.entry("application/vnd.ms-cab-compressed", "a cab archive"), Map.entry("application/x-arj", "an arj archive"),
            Map.entry("application/x-lha", "an lzh archive"), Map.entry("application/x-lzip", "an lz archive"), Map.entry("application/x-cpio",
                    "a cpio archive"),
            Map.entry("application/x-stuffit", "a StuffIt archive"), Map.entry("application/x-lz4", "an lz4 archive"),
            Map.entry("application/java-archive", "a Java archive"), Map.entry("application/x-compress", "a compressed file"));
    private static final Map<String, String> IMAGES = Map.of("application/x-iso9660-image", "an image of a CD", "application/x-apple-diskimage",
            "a disk image", "application/x-vhd", "a disk image", "application/x-vmdk", "a disk image", "application/x-virtualbox-vdi",
            "a disk image");

    private Magic() { }

    /** @param head the first {@value #HEAD} bytes, or all if there are fewer */
    static Content of(byte[] head) {
        return program(head).or(() -> script(head)).orElseGet(() -> known(head));
    }

    private static Optional<Content> program(byte[] head) {
        if (head.length < 8) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(head);
        int first = bytes.getInt(0);
        if (first == 0x7f454c46) {
            return Optional.of(LINUX);
        }
        if (first == 0xfeedface || first == 0xfeedfacf || first == 0xcefaedfe || first == 0xcffaedfe) {
            return Optional.of(MAC);
        }
        if (first == 0xcafebabe) {
            // a universal binary counts its parts where a class file has its version, which is 45 at least
            return Optional.of((bytes.getInt(4) & 0xffff) < 45 && bytes.getInt(4) > 0 ? MAC : JAVA);
        }
        if (first == 0x6465780a) {
            return Optional.of(ANDROID);
        }
        if (startsWith(head, LINK)) {
            return Optional.of(new Content(Content.Kind.SHORTCUT, "a Windows shortcut"));
        }
        return head[0] == 'M' && head[1] == 'Z' && isDos(head) ? Optional.of(WINDOWS) : Optional.empty();
    }

    /** PE by its mark where the header says; else whatever begins with MZ and is no text. */
    private static boolean isDos(byte[] head) {
        if (head.length >= 64) {
            int at = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(0x3c);
            if (at >= 0 && at <= head.length - 4 && head[at] == 'P' && head[at + 1] == 'E' && head[at + 2] == 0 && head[at + 3] == 0) {
                return true;
            }
        }
        for (int i = 2; i < Math.min(head.length, 64); i++) {
            if (head[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Content> script(byte[] head) {
        String text = text(head).toLowerCase(Locale.ROOT);
        if (text.startsWith("#!")) {
            return text.startsWith("#!/") || text.startsWith("#! /") || text.startsWith("#!\\") ? Optional.of(SCRIPT) : Optional.empty();
        }
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (TEXT_SHORTCUT.matcher(text).find()) {
            return Optional.of(new Content(Content.Kind.TEXT_SHORTCUT, "a shortcut"));
        }
        return WINDOWS_SCRIPT.matcher(text).find() ? Optional.of(new Content(Content.Kind.SCRIPT, "a script of Windows")) : Optional.empty();
    }

    /** The beginning, if it is text at all; otherwise nothing. */
    private static String text(byte[] head) {
        int length = Math.min(head.length, TEXT_HEAD);
        Charset charset = StandardCharsets.ISO_8859_1;
        int start = 0;
        if (length >= 2 && (head[0] & 0xff) == 0xff && (head[1] & 0xff) == 0xfe) {
            charset = StandardCharsets.UTF_16LE;
            start = 2;
        } else if (length >= 2 && (head[0] & 0xff) == 0xfe && (head[1] & 0xff) == 0xff) {
            charset = StandardCharsets.UTF_16BE;
            start = 2;
        } else if (length >= 3 && (head[0] & 0xff) == 0xef && (head[1] & 0xff) == 0xbb && (head[2] & 0xff) == 0xbf) {
            start = 3;
        }
        String text = new String(head, start, length - start, charset);
        return text.indexOf('\0') >= 0 ? "" : text;
    }

    private static Content known(byte[] head) {
        if (contains(head, 7, ACE)) {
            return new Content(Content.Kind.ARCHIVE, "an ace archive");
        }
        MediaType type = tika(head).getBaseType();
        String name = type.toString();
        if (ARCHIVES.containsKey(name)) {
            return new Content(Content.Kind.ARCHIVE, ARCHIVES.get(name));
        }
        if (IMAGES.containsKey(name)) {
            return new Content(Content.Kind.DISK_IMAGE, IMAGES.get(name));
        }
        return switch (name) {
            case "application/pdf" -> new Content(Content.Kind.PDF, "a PDF document");
            case "application/x-tika-msoffice" -> new Content(Content.Kind.OLE, "an Office document");
            case "application/x-tika-ooxml" -> new Content(Content.Kind.DOCUMENT, "an Office document");
            case "application/rtf", "application/epub+zip" -> new Content(Content.Kind.DOCUMENT, "a document");
            case "text/html", "application/xhtml+xml" -> new Content(Content.Kind.DOCUMENT, "a web page");
            case "application/x-matroska", "application/vnd.rn-realmedia", "application/mxf" -> new Content(Content.Kind.VIDEO, "a video");
            default -> switch (type.getType()) {
                case "image" -> new Content(Content.Kind.PICTURE, "a picture");
                case "audio" -> new Content(Content.Kind.SOUND, "a sound recording");
                case "video" -> new Content(Content.Kind.VIDEO, "a video");
                case "text" -> new Content(Content.Kind.TEXT, "text");
                default -> Content.UNKNOWN;
            };
        };
    }

    private static MediaType tika(byte[] head) {
        try {
            return Types.ALL.detect(new ByteArrayInputStream(head), new Metadata());
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be read", e);
        }
    }

    /** Read from Tika's own table at the first use, which takes a moment. */
    private static final class Types {
        static final MimeTypes ALL = MimeTypes.getDefaultMimeTypes();
    }

    static boolean startsWith(byte[] head, byte[] mark) {
        return contains(head, 0, mark);
    }

    static boolean contains(byte[] head, int at, byte[] mark) {
        return head.length >= at + mark.length && ByteBuffer.wrap(head, at, mark.length).equals(ByteBuffer.wrap(mark));
    }
}
