package org.sallyport.ui.testkit;

import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.model.TorrentState;

/** The same five torrents for tests and pictures: one in each state that looks different. */
public final class Library {
    public static final TorrentPreview COURSE = Torrents.preview("Course recordings",
            "Course recordings/Week 1/lecture-01.webm", 820_000_000L, "Course recordings/Week 1/slides-01.pdf", 4_200_000,
            "Course recordings/Week 2/lecture-02.webm", 910_000_000L, "Course recordings/Week 2/slides-02.pdf", 3_900_000,
            "Course recordings/notes.txt", 12_000, "Course recordings/Week 3/lecture-03.webm", 1_110_000_000L);
    public static final TorrentPreview DEBIAN = Torrents.preview("debian-12.7.0-amd64-netinst.iso", "debian-12.7.0-amd64-netinst.iso", 661_651_456L);
    public static final TorrentPreview PHOTOS = Torrents.preview("Holiday photos", "Holiday photos/001.jpg", 4_100_000,
            "Holiday photos/002.jpg", 3_800_000);
    public static final TorrentPreview MUSIC = Torrents.preview("Open Goldberg Variations", "Open Goldberg Variations/01 Aria.flac",
            31_000_000, "Open Goldberg Variations/02 Variatio 1.flac", 22_000_000);
    public static final TorrentPreview MAPS = Torrents.preview("planet-latest.osm.pbf", "planet-latest.osm.pbf", 81_000_000_000L);

    private Library() { }

    public static MemoryEngine fill(MemoryEngine engine) {
        return engine
                .with(COURSE, TorrentState.DOWNLOADING, "Downloading from 6 people", 0.62)
                .with(DEBIAN, TorrentState.SEEDING, "Complete, shared with 3 people", 1)
                .with(PHOTOS, TorrentState.PAUSED, "Paused", 0.08)
                .with(MUSIC, TorrentState.CHECKING, "Checking what is on the disk (41%)", 0.41)
                .with(MAPS, TorrentState.TROUBLE, "The disk is full. Free 12.4 GB, and it goes on by itself.", 0.85);
    }
}
