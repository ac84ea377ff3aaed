package org.sallyport.core.screening;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.NameFlag;

/** What a file's name says that it is, against what it is. Pure; any thread. */
final class NameClaim {
    /** Parts of programs that nobody takes for anything else. */
    private static final Set<String> PARTS = Set.of("bin", "o", "a", "node", "pyd", "efi", "mui", "tsp", "acm", "winmd", "lib", "obj", "out",
            "class", "dex",
            "mod", "debug", "cgi", "fcgi", "rom", "jmod", "elc", "ovl", "drv", "vxd", "rll", "tlb", "olb", "aux", "oat", "odex", "jnilib",
            "prx", "x86",
            "x86_64", "amd64", "arm64", "aarch64", "i386");
    private static final Set<String> VIDEO = Set.of("mkv", "mp4", "m4v", "avi", "mov", "webm", "mpg", "mpeg", "m2ts", "vob", "ogv", "wmv", "flv",
            "3gp");
    private static final Set<String> SOUND = Set.of("mp3", "flac", "ogg", "opus", "m4a", "m4b", "aac", "wav", "wma");
    private static final Set<String> PICTURE = Set.of("jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff", "heic");
    /** Texts that may well begin as a script does: TypeScript, and writings about scripts. */
    private static final Set<String> SOURCES = Set.of("ts", "tex", "md", "rst");

    private NameClaim() { }

    /** Why this is not what its name says, to follow "It " or the name; empty if it is, or its name claims nothing. */
    static Optional<String> mismatch(Content content, String name) {
        String ending = ending(name);
        boolean lie = switch (content.kind()) {
            case WINDOWS_PROGRAM -> !isProgram(ending, name);
            case PROGRAM -> !isProgram(ending, name) && !ending.isEmpty();
            case SCRIPT, TEXT_SHORTCUT -> isHarmless(ending);
            case SHORTCUT -> flag(ending).filter(NameFlag.SHORTCUT::equals).isEmpty();
            case ARCHIVE -> isMedia(ending) || ending.equals("pdf");
            case DISK_IMAGE, PDF, DOCUMENT, OLE, TEXT -> isMedia(ending) || ending.equals("pdf") && content.kind() == Content.Kind.OLE;
            case PICTURE, SOUND, VIDEO, UNKNOWN -> false;
        };
        return lie ? Optional.of("is " + content.what() + ", although its name " + claim(ending) + ".") : Optional.empty();
    }

    /** Whether it says itself that it may hold a program. */
    static boolean admitsMacros(String name) {
        return flag(ending(name)).filter(flag -> flag == NameFlag.MACROS || flag == NameFlag.PROGRAM).isPresent();
    }

    private static String claim(String ending) {
        if (ending.isEmpty()) {
            return "does not say so";
        }
        String what = VIDEO.contains(ending) ? "a video" : SOUND.contains(ending) ? "a sound recording" : PICTURE.contains(ending) ? "a picture" : "";
        return what.isEmpty() ? "ends in ." + ending : "says that it is " + what;
    }

    private static boolean isProgram(String ending, String name) {
        return PARTS.contains(ending) || flag(ending).filter(NameFlag.PROGRAM::equals).isPresent()
                || name.toLowerCase(Locale.ROOT).matches(".*\\.so(?:\\.[0-9]{1,9}){1,9}");
    }

    private static boolean isMedia(String ending) {
        return VIDEO.contains(ending) || SOUND.contains(ending) || PICTURE.contains(ending);
    }

    private static boolean isHarmless(String ending) {
        boolean typed = Intent.VIDEO.types().contains(ending) || Intent.MUSIC.types().contains(ending) || Intent.PICTURES.types().contains(ending)
                || Intent.DOCUMENTS.types().contains(ending) || flag(ending).filter(flag -> flag == NameFlag.ARCHIVE
                || flag == NameFlag.DISK_IMAGE).isPresent();
        return typed && !SOURCES.contains(ending);
    }

    private static Optional<NameFlag> flag(String ending) {
        return RiskyTypes.ofEnding(ending);
    }

    /** In small letters, without the dot; empty if there is none. */
    private static String ending(String name) {
        String plain = name.strip();
        int dot = plain.lastIndexOf('.');
        boolean sentence = dot >= 0 && (plain.length() - dot > 16 || plain.indexOf(' ', dot) >= 0);
        return dot < 0 || sentence ? "" : plain.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
