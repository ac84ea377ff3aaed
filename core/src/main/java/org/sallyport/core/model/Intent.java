package org.sallyport.core.model;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a torrent is added for. Each names the types that belong to it, by the ending of a file's name; everything else is left
 * out. Lists of what is wanted, never of what is not: what nobody has thought of is left out, too.
 */
public enum Intent {
    /** Films, with their subtitles and the picture and description a player shows. */
    VIDEO("Video", Types.VIDEO, Types.SUBTITLES, Types.COVERS, Types.DESCRIPTIONS),
    /** Recordings, with covers, booklets, lyrics, cue sheets and play lists. */
    MUSIC("Music", Types.AUDIO, Types.COVERS, Types.ALBUM, Types.DESCRIPTIONS),
    /** Photographs and drawings, with the notes that cameras and programs put beside them. */
    PICTURES("Pictures", Types.PICTURES, Types.COVERS, Set.of("xmp", "txt")),
    /** Books, comics, documents without macros, with their pictures; and books that are read aloud. */
    DOCUMENTS("Books and documents", Types.DOCUMENTS, Types.COVERS, Types.DESCRIPTIONS, Set.of("m4b", "opf")),
    /** Programs and packages, archives and disk images, with their texts, checksums and signatures. Names are still looked at. */
    SOFTWARE("Software", Types.SOFTWARE, Types.ARCHIVES, Types.IMAGES, Types.COVERS, Types.DESCRIPTIONS,
            Set.of("pdf", "html", "htm", "json", "xml", "yaml", "yml", "toml", "ini", "cfg", "conf")),
    /** Every file. */
    ANYTHING("Anything");

    private final String words;
    private final Set<String> types;

    @SafeVarargs
    Intent(String words, Set<String>... types) {
        Set<String> all = new TreeSet<>();
        for (Set<String> some : types) {
            all.addAll(some);
        }
        this.words = words;
        this.types = Set.copyOf(all);
    }

    /** As people call it. */
    public String words() {
        return words;
    }

    /** Endings in small letters, without the dot; empty for {@link #ANYTHING}. */
    public Set<String> types() {
        return types;
    }

    /** Whether a file of this path is of a type that belongs to it. A file without an ending belongs to {@link #ANYTHING} only. */
    public boolean includes(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return this == ANYTHING || dot > 0 && types.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** Whether it is fetched for this when nobody chooses files: of a type that belongs to it, and a name that deceives belongs to none. */
    public boolean takes(String path, List<NameFlag> flags) {
        return this == ANYTHING || includes(path) && flags.stream().noneMatch(flag -> flag.risk() == NameFlag.Risk.BLOCK);
    }

    /** A nested class, for constants of an enum cannot use fields of the enum itself. */
    private static final class Types {
        static final Set<String> VIDEO = Set.of("mkv", "mp4", "m4v", "avi", "mov", "webm", "mpg", "mpeg", "m2v", "ts", "m2ts", "mts", "vob", "ogv",
                "ogm", "wmv", "asf", "flv", "3gp", "3g2", "divx", "mxf", "ifo", "bup", "mk3d", "rmvb");
        static final Set<String> SUBTITLES = Set.of("srt", "ass", "ssa", "sub", "idx", "vtt", "sup", "smi", "ttml", "mks");
        static final Set<String> AUDIO = Set.of("mp3", "flac", "ogg", "oga", "opus", "m4a", "m4b", "aac", "wav", "aif", "aiff", "alac", "ape", "wv",
                "wma", "mka", "mpc", "tta", "dsf", "dff", "ac3", "dts", "mid", "midi", "spx");
        static final Set<String> ALBUM = Set.of("cue", "m3u", "m3u8", "lrc", "pdf", "log");
        static final Set<String> COVERS = Set.of("jpg", "jpeg", "png", "webp", "gif");
        static final Set<String> PICTURES = Set.of("bmp", "tif", "tiff", "heic", "heif", "avif", "jxl", "jp2", "psd", "xcf", "kra", "dng",
                "cr2", "cr3",
                "nef", "arw", "orf", "rw2", "raf", "pef", "tga", "exr", "hdr", "ico");
        static final Set<String> DOCUMENTS = Set.of("pdf", "epub", "mobi", "azw", "azw3", "kfx", "fb2", "djvu", "djv", "cbz", "cbr", "cb7", "cbt",
                "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "csv", "tsv", "ppt", "pptx", "odp", "ps", "tex", "bib", "md", "rst", "pages");
        static final Set<String> DESCRIPTIONS = Set.of("txt", "nfo", "md", "md5", "sha1", "sha256", "sha512", "sfv", "asc", "sig", "minisig");
        static final Set<String> SOFTWARE = Set.of("exe", "msi", "msix", "appx", "dll", "deb", "rpm", "apk", "appimage", "flatpak",
                "flatpakref", "snap",
                "dmg", "pkg", "jar", "war", "run", "sh", "py", "so", "dylib", "bin", "whl", "gem", "crate", "patch", "diff", "zsync", "torrent");
        static final Set<String> ARCHIVES = Set.of("zip", "7z", "rar", "tar", "gz", "tgz", "bz2", "tbz2", "xz", "txz", "zst", "lz", "lz4",
                "cab", "cpio");
        static final Set<String> IMAGES = Set.of("iso", "img", "vhd", "vhdx", "vmdk", "vdi", "qcow2", "ova", "ovf", "raw", "wim", "squashfs");
    }
}
