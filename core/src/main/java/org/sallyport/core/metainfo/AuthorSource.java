package org.sallyport.core.metainfo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.sallyport.core.model.RefusedException;

/**
 * The files a new torrent is made of, in an order that does not depend on the file system.
 *
 * @param name   of the file or folder
 * @param folder the source is a folder
 * @param notes  what was left out and why, in whole sentences
 */
record AuthorSource(String name, boolean folder, List<Item> items, long totalBytes, List<String> notes) {

    /** @param elements path inside the folder; empty for a single file @param modified to notice a change while hashing */
    record Item(Path file, List<String> elements, long size, FileTime modified) { }

    /** @param target left out when it lies in the folder */
    static AuthorSource scan(Path source, Path target, BooleanSupplier cancelled) throws RefusedException, IOException {
        Path root = source.toAbsolutePath().normalize();
        BasicFileAttributes kind = Files.readAttributes(root, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!kind.isRegularFile() && !kind.isDirectory() || root.getFileName() == null) {
            throw new RefusedException("create.source-type",
                    "Only a file or a folder can be shared, no link, device or whole disk. Choose what the link points to.");
        }
        Walk walk = new Walk(root, target.toAbsolutePath().normalize(), cancelled);
        Files.walkFileTree(root, walk);
        if (walk.tooMany) {
            throw new RefusedException("create.file-count",
                    "The folder has more than " + FileList.MAX_FILES + " files. Share parts of it, or pack it into an archive first.");
        }
        walk.items.sort(Comparator.comparing(Item::elements, AuthorSource::compare));
        long total = walk.items.stream().mapToLong(Item::size).sum();
        if (total == 0) {
            throw new RefusedException("create.empty", "There is nothing in it to share. Choose a file or folder with some content.");
        }
        AuthorSource found = new AuthorSource(root.getFileName().toString(), kind.isDirectory(), List.copyOf(walk.items), total, walk.notes());
        found.refuseUnsafeNames(root);
        return found;
    }

    /** Refused when a file was written to, shortened or replaced since the scan. */
    void refuseChanged() throws RefusedException, IOException {
        for (Item item : items) {
            BasicFileAttributes now = Files.readAttributes(item.file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (now.size() != item.size || !now.lastModifiedTime().equals(item.modified)) {
                throw changed(item);
            }
        }
    }

    static RefusedException changed(Item item) {
        return new RefusedException("create.changed", "“" + DisplayText.line(item.file.getFileName().toString(), 80)
                + "” changed while it was being read. Try again when nothing writes to it.");
    }

    /** What others would store under another name could not be found again to be seeded from here. */
    private void refuseUnsafeNames(Path root) throws RefusedException, IOException {
        List<List<String>> raw = new ArrayList<>();
        for (Item item : items) {
            List<String> whole = new ArrayList<>(List.of(name));
            whole.addAll(item.elements);
            raw.add(whole);
        }
        List<String> safe = PathRule.paths(raw);
        for (int i = 0; i < items.size(); i++) {
            if (folder && FileList.isLegacyPad(raw.get(i))) {
                throw new RefusedException("create.pad-name", "“" + DisplayText.line(items.get(i).file.getFileName().toString(), 80)
                        + "” has the name of a padding file, which others would not store. Rename or delete it, and try again.");
            }
            boolean same = safe.get(i).equals(String.join("/", raw.get(i)));
            if (!same && !isSameFile(root.resolveSibling(safe.get(i)), items.get(i).file)) {
                throw new RefusedException("create.name", "“" + DisplayText.line(String.join("/", raw.get(i)), 200)
                        + "” has a name that not every computer can store. Rename it, for example to “"
                        + DisplayText.line(safe.get(i), 200) + "”, and try again.");
            }
        }
    }

    /** Some file systems find a file under another Unicode form of its name. */
    private static boolean isSameFile(Path safe, Path file) throws IOException {
        return Files.exists(safe, LinkOption.NOFOLLOW_LINKS) && Files.isSameFile(safe, file);
    }

    private static int compare(List<String> left, List<String> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return left.size() - right.size();
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Path target;
        private final BooleanSupplier cancelled;
        private final List<Item> items = new ArrayList<>();
        private int links;
        private boolean tooMany;
        private boolean targetInside;

        Walk(Path root, Path target, BooleanSupplier cancelled) {
            this.root = root;
            this.target = target;
            this.cancelled = cancelled;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            PieceHashing.throwIfCancelled(cancelled);
            if (!attributes.isRegularFile()) {
                links++;
            } else if (file.equals(target) && !file.equals(root)) {
                targetInside = true;
            } else if (items.size() == FileList.MAX_FILES) {
                tooMany = true;
                return FileVisitResult.TERMINATE;
            } else {
                items.add(new Item(file, elements(file), attributes.size(), attributes.lastModifiedTime()));
            }
            return FileVisitResult.CONTINUE;
        }

        List<String> notes() {
            List<String> notes = new ArrayList<>();
            if (links > 0) {
                notes.add(links == 1 ? "One link or special file was left out." : links + " links and special files were left out.");
            }
            if (targetInside) {
                notes.add("The torrent file itself lies in the folder and was left out.");
            }
            return List.copyOf(notes);
        }

        private List<String> elements(Path file) {
            List<String> elements = new ArrayList<>();
            if (!file.equals(root)) {
                root.relativize(file).forEach(element -> elements.add(element.toString()));
            }
            return List.copyOf(elements);
        }
    }
}
