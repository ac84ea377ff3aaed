package org.sallyport.ui.addtorrent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sallyport.core.model.NameFlag;
import org.sallyport.core.model.TorrentPreview;

/** A file or folder of a torrent, as the Add dialog shows it: folders carry the size of what is in them. */
final class FileNode {
    static final int FOLDER = -1;

    private final String name;
    private final int index;
    private final Map<String, FileNode> children = new LinkedHashMap<>();
    private final String path;
    private final List<NameFlag> flags;
    private long sizeBytes;

    private FileNode(String folder) {
        this(folder, FOLDER, 0, "", List.of());
    }

    private FileNode(String name, int index, long sizeBytes, String path, List<NameFlag> flags) {
        this.name = name;
        this.index = index;
        this.sizeBytes = sizeBytes;
        this.path = path;
        this.flags = flags;
    }

    /** The tree of {@code preview}: its one file, or its folder. */
    static FileNode of(TorrentPreview preview) {
        FileNode root = new FileNode(preview.name());
        for (TorrentPreview.Entry entry : preview.files()) {
            root.insert(entry);
        }
        if (root.children.size() == 1) {
            FileNode only = root.children.values().iterator().next();
            // the paths of a folder begin with its name, which would be shown twice
            if (only.name.equals(preview.name())) {
                return only;
            }
        }
        return root;
    }

    private void insert(TorrentPreview.Entry entry) {
        String[] steps = entry.path().split("/");
        FileNode folder = this;
        folder.sizeBytes += entry.sizeBytes();
        for (int i = 0; i < steps.length - 1; i++) {
            folder = folder.children.computeIfAbsent(steps[i], FileNode::new);
            folder.sizeBytes += entry.sizeBytes();
        }
        folder.children.put(steps[steps.length - 1] + "/" + entry.index(), new FileNode(steps[steps.length - 1], entry.index(), entry.sizeBytes(),
                entry.path(), entry.flags()));
    }

    String name() {
        return name;
    }

    /** File index in the torrent, or {@link #FOLDER}. */
    int index() {
        return index;
    }

    boolean isFolder() {
        return index == FOLDER;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /** In the torrent; empty for a folder. */
    String path() {
        return path;
    }

    /** What the name of a file gives away. */
    List<NameFlag> flags() {
        return flags;
    }

    /** In torrent order. */
    List<FileNode> children() {
        return new ArrayList<>(children.values());
    }
}
