package org.sallyport.core.metainfo;

import java.util.ArrayList;
import java.util.List;
import org.sallyport.core.model.RefusedException;

/** Reads the files of an {@code info} dictionary: sizes that add up, paths that are safe, padding known as such. */
final class FileList {
    static final int MAX_FILES = 100_000;
    static final long MAX_TOTAL_BYTES = 16L << 40;
    /** BitComet's padding files, older than BEP 47. */
    private static final String LEGACY_PAD = "_____padding_file_";

    private final BencodeDict info;
    private final String rawName;
    private final List<List<String>> rawPaths = new ArrayList<>();
    private final List<Long> sizes = new ArrayList<>();
    private final List<Boolean> pads = new ArrayList<>();
    private long totalBytes;

    private FileList(BencodeDict info, String rawName) {
        this.info = info;
        this.rawName = rawName;
    }

    /** @param totalBytes with padding @param notes sentences about names that were changed */
    record Result(boolean singleFile, long totalBytes, List<FileEntry> files, List<String> notes) { }

    static Result read(BencodeDict info, String rawName) throws RefusedException {
        FileList list = new FileList(info, rawName);
        boolean singleFile = !info.has("files");
        if (singleFile) {
            list.single();
        } else {
            list.several();
        }
        return list.result(singleFile);
    }

    /** Each file's name and path as written, by index. */
    static List<List<String>> rawPaths(BencodeDict info) throws RefusedException {
        FileList list = new FileList(info, MetainfoReader.rawName(info));
        if (info.has("files")) {
            list.several();
        } else {
            list.single();
        }
        return List.copyOf(list.rawPaths);
    }

    private void single() throws RefusedException {
        refuseLinks(info);
        add(info, List.of(rawName), false);
    }

    private void several() throws RefusedException {
        if (info.has("length")) {
            throw refused("length-and-files", "It claims to be one file and a folder at once, so that two programs could read it differently.");
        }
        BencodeList files = info.list("files").orElseThrow(() -> refused("files", "Its list of files is not a list."));
        if (files.size() > MAX_FILES) {
            throw refused("file-count", "It has " + files.size() + " files; more than " + MAX_FILES + " are not taken.");
        }
        for (int i = 0; i < files.size(); i++) {
            BencodeDict file = files.dict(i).orElseThrow(() -> refused("file-entry", "Its list of files holds something that is not a file."));
            refuseLinks(file);
            List<String> path = path(file);
            boolean pad = file.text("attr", "").indexOf('p') >= 0 || isLegacyPad(path);
            add(file, path, pad);
        }
    }

    static boolean isLegacyPad(List<String> path) {
        return path.get(path.size() - 1).startsWith(LEGACY_PAD);
    }

    private List<String> path(BencodeDict file) throws RefusedException {
        List<String> preferred = elements(file, "path.utf-8");
        List<String> path = preferred.isEmpty() ? elements(file, "path") : preferred;
        if (path.isEmpty()) {
            throw refused("path-missing", "One of its files has no usable name.");
        }
        List<String> whole = new ArrayList<>(path.size() + 1);
        whole.add(rawName);
        whole.addAll(path);
        return whole;
    }

    /** Empty if the path is missing or holds anything but strings. */
    private static List<String> elements(BencodeDict file, String key) {
        BencodeList list = file.list(key).orElse(null);
        List<String> elements = new ArrayList<>();
        // one more than allowed is enough for the path rule to refuse it
        for (int i = 0; list != null && i < Math.min(list.size(), PathRule.MAX_DEPTH + 1); i++) {
            if (list.bytes(i).isEmpty()) {
                return List.of();
            }
            elements.add(list.text(i, ""));
        }
        return elements;
    }

    private void add(BencodeDict file, List<String> path, boolean pad) throws RefusedException {
        long size = file.integer("length").orElse(-1);
        if (size < 0) {
            throw refused("file-size", "One of its files has no size, or one that cannot be.");
        }
        if (size > MAX_TOTAL_BYTES - totalBytes) {
            throw refused("total-size", "It claims to be larger than 16 TiB.");
        }
        totalBytes += size;
        sizes.add(size);
        rawPaths.add(path);
        pads.add(pad);
    }

    private static void refuseLinks(BencodeDict file) throws RefusedException {
        if (file.text("attr", "").indexOf('l') >= 0 || file.has("symlink path")) {
            throw refused("symlink", "It contains a link to another file. Links can lead out of the download folder.");
        }
    }

    private Result result(boolean singleFile) throws RefusedException {
        List<List<String>> written = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            if (!pads.get(i)) {
                written.add(rawPaths.get(i));
            }
        }
        List<String> safe = PathRule.paths(written);
        List<FileEntry> files = new ArrayList<>(sizes.size());
        long offset = 0;
        long writtenBytes = 0;
        int next = 0;
        for (int i = 0; i < sizes.size(); i++) {
            boolean pad = pads.get(i);
            String path = pad ? PathRule.element(rawName) + "/.pad/" + i : safe.get(next++);
            files.add(new FileEntry(i, path, offset, sizes.get(i), pad));
            offset += sizes.get(i);
            writtenBytes += pad ? 0 : sizes.get(i);
        }
        if (writtenBytes == 0) {
            throw refused("empty", "There is nothing in it: all files together have no content.");
        }
        return new Result(singleFile, totalBytes, List.copyOf(files), renameNotes(written, safe));
    }

    private static List<String> renameNotes(List<List<String>> raw, List<String> safe) {
        int changed = 0;
        String example = "";
        for (int i = 0; i < safe.size(); i++) {
            String before = String.join("/", raw.get(i));
            if (!before.equals(safe.get(i)) && changed++ == 0) {
                example = "“" + DisplayText.line(before, 80) + "” is now “" + DisplayText.line(safe.get(i), 80) + "”";
            }
        }
        if (changed == 0) {
            return List.of();
        }
        String count = changed == 1 ? "One file name was" : changed + " file names were";
        return List.of(count + " changed to be safe on every computer: " + example + ".");
    }

    private static RefusedException refused(String rule, String sentence) {
        return MetainfoReader.refused(rule, sentence);
    }
}
