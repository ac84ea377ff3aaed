package org.sallyport.ui.transfers;

import java.util.ArrayList;
import java.util.List;

/** Folders in the paths of a torrent's files, which have {@code /} between names. */
final class FolderPaths {
    private FolderPaths() { }

    /** The folders around a file, the nearest first. */
    static List<String> around(String path) {
        List<String> folders = new ArrayList<>();
        for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
            folders.add(path.substring(0, end));
        }
        return folders;
    }

    static boolean isIn(String path, String folder) {
        return path.startsWith(folder + "/");
    }

    /** The folders that hold all of these, the nearest first; none for no file. */
    static List<String> common(List<String> paths) {
        return paths.isEmpty() ? List.of()
                : around(paths.get(0)).stream().filter(folder -> paths.stream().allMatch(path -> isIn(path, folder))).toList();
    }

    /** The last name. */
    static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
