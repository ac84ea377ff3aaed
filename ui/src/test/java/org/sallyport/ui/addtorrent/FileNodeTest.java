package org.sallyport.ui.addtorrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sallyport.ui.control.TierText;
import org.sallyport.ui.testkit.Torrents;

class FileNodeTest {
    @Test
    void foldersHoldTheSizeOfTheirFiles() {
        FileNode root = FileNode.of(Torrents.preview("T", "T/a/1", 10, "T/a/2", 20, "T/3", 5));

        assertThat(root.name()).isEqualTo("T");
        assertThat(root.sizeBytes()).isEqualTo(35);
        assertThat(root.children()).extracting(FileNode::name).containsExactly("a", "3");
        assertThat(root.children().get(0).sizeBytes()).isEqualTo(30);
        assertThat(root.children().get(0).children()).extracting(FileNode::index).containsExactly(0, 1);
    }

    @Test
    void aSingleFileIsTheWholeTree() {
        FileNode only = FileNode.of(Torrents.preview("one.iso", "one.iso", 10));

        assertThat(only.index()).isZero();
        assertThat(only.children()).isEmpty();
    }

    @Test
    void aFileMayBeNamedLikeAFolderBesideIt() {
        FileNode root = FileNode.of(Torrents.preview("T", "T/a", 1, "T/a/b", 2));

        assertThat(root.sizeBytes()).isEqualTo(3);
        assertThat(root.children()).hasSize(2);
    }

    @Test
    void trackersAreReadLineByLineAndTierByTier() {
        assertThat(TierText.parse("\n a \nb\n\n\nc\n")).isEqualTo(List.of(List.of("a", "b"), List.of("c")));
        assertThat(TierText.parse(" \n")).isEmpty();
    }
}
