package org.sallyport.core.screening;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sallyport.core.model.Intent;

/** What a torrent was added for, against what a file of it is. Content that is not known belongs to everything. Pure; any thread. */
final class IntentClaim {
    /** Archives by design. */
    private static final Set<String> PACKED_BOOKS =
            Set.of("epub", "docx", "xlsx", "pptx", "odt", "ods", "odp", "cbz", "cbr", "cb7", "cbt", "pages", "kfx");
    /** Texts with marks in them, which look like web pages or documents. */
    private static final Set<String> WRITTEN = Set.of("smi", "ttml", "vtt", "srt", "txt", "nfo", "md", "lrc", "log", "xmp");
    /** Their container is that of videos (ISO/IEC 14496-12). */
    private static final Set<String> BOXED_PICTURES = Set.of("heic", "heif", "avif", "cr3", "jxl", "jp2");
    /** Writings about scripts may begin as one. */
    private static final Set<String> WRITINGS = Set.of("md", "rst", "tex");

    private IntentClaim() { }

    /** Why it does not belong to what was wanted, to follow "It "; empty if it does. */
    static Optional<String> foreign(Content content, Intent intent, String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        boolean belongs = switch (intent) {
            case VIDEO -> isVideo(content.kind(), ending);
            case MUSIC -> isVideo(content.kind(), ending) || content.kind() == Content.Kind.PDF;
            case PICTURES -> isPicture(content.kind(), ending);
            case DOCUMENTS -> isDocument(content.kind(), ending);
            case SOFTWARE -> content.kind() != Content.Kind.VIDEO;
            case ANYTHING -> true;
        };
        return belongs ? Optional.empty() : Optional.of("is " + content.what()
                + ", and you added this torrent for " + intent.words().toLowerCase(Locale.ROOT) + " only.");
    }

    /** Sound is in the same containers as video. */
    private static boolean isVideo(Content.Kind kind, String ending) {
        return switch (kind) {
            case VIDEO, SOUND, PICTURE, TEXT, UNKNOWN -> true;
            case DOCUMENT -> WRITTEN.contains(ending);
            case WINDOWS_PROGRAM, PROGRAM, SCRIPT, SHORTCUT, TEXT_SHORTCUT, ARCHIVE, DISK_IMAGE, PDF, OLE -> false;
        };
    }

    private static boolean isPicture(Content.Kind kind, String ending) {
        return switch (kind) {
            case PICTURE, TEXT, UNKNOWN -> true;
            case DOCUMENT -> WRITTEN.contains(ending);
            case ARCHIVE -> ending.equals("kra"); // by design
            case VIDEO -> BOXED_PICTURES.contains(ending);
            case WINDOWS_PROGRAM, PROGRAM, SCRIPT, SHORTCUT, TEXT_SHORTCUT, DISK_IMAGE, SOUND, PDF, OLE -> false;
        };
    }

    private static boolean isDocument(Content.Kind kind, String ending) {
        return switch (kind) {
            case DOCUMENT, PDF, OLE, PICTURE, TEXT, UNKNOWN -> true;
            case ARCHIVE -> PACKED_BOOKS.contains(ending);
            case SOUND, VIDEO -> ending.equals("m4b"); // read aloud
            case SCRIPT -> WRITINGS.contains(ending);
            case WINDOWS_PROGRAM, PROGRAM, SHORTCUT, TEXT_SHORTCUT, DISK_IMAGE -> false;
        };
    }
}
