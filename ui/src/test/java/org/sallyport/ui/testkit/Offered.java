package org.sallyport.ui.testkit;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.ShareSnapshot;
import org.sallyport.core.model.ShareSnapshot.Audience;

/** The same shares, folders and devices for tests and pictures: one of each kind that looks different. */
public final class Offered {
    public static final String MUM = "MUMSPCA-BBBBBBB-CCCCCCC-DDDDDDD-EEEEEEE-FFFFFFF-GGGGGGG-HHHHHHH";
    public static final String LAPTOP = "LAPTOPA-BBBBBBB-CCCCCCC-DDDDDDD-EEEEEEE-FFFFFFF-GGGGGGG-HHHHHHH";
    public static final Path MUSIC_FOLDER = Path.of("/home/ana/Music/to share");
    public static final ShareSnapshot CHOIR = own("Choir recordings 2026", MUSIC_FOLDER.resolve("Choir recordings 2026"), 1_240_000_000L,
            Audience.DEVICES, List.of("Mum's PC", "Laptop"), 2, "The concert in June, as you asked.", "");
    public static final ShareSnapshot SLIDES = own("slides.pdf", MUSIC_FOLDER.resolve("slides.pdf"), 4_200_000, Audience.DEVICES, List.of(), 0, "",
            "The file was changed after it was shared, so nobody gets it. Share it again if the new one is meant.");
    public static final ShareSnapshot DEBIAN = new ShareSnapshot(Library.DEBIAN.hash(), Library.DEBIAN.name(),
            Path.of("/home/ana/Downloads/Sallyport", Library.DEBIAN.name()), Library.DEBIAN.totalBytes(), 1, Audience.PUBLIC, List.of(),
            Torrents.ADDED, Instant.MAX, true, 0, 94_500_000, "", "");

    private Offered() { }

    private static ShareSnapshot own(String name, Path path, long bytes, Audience audience, List<String> devices, int peers, String note,
            String trouble) {
        return new ShareSnapshot(Torrents.hash(name), name, path, bytes, 3, audience, devices, Torrents.ADDED,
                Torrents.ADDED.plusSeconds(8 * 86_400), false,
                peers, peers * 210_000_000L, note, trouble);
    }

    /** Two devices of the user. */
    /** Two paired devices. */
    public static void devices(MemoryEngine engine) {
        engine.devices().with(device(MUM, "Mum's PC")).with(device(LAPTOP, "Laptop"));
    }

    private static DeviceSnapshot device(String id, String name) {
        return new DeviceSnapshot(id, name, DeviceSnapshot.Standing.PAIRED, List.of(), false, Torrents.ADDED, Instant.EPOCH, "");
    }

    public static void fill(MemoryEngine engine) {
        devices(engine);
        engine.shares().withFolder(MUSIC_FOLDER, "");
        engine.shares().withFolder(Path.of("/media/stick/photos"), "The folder is not there now. Its shares go on when it is back.");
        engine.shares().with(CHOIR);
        engine.shares().with(DEBIAN);
        engine.shares().with(SLIDES);
    }
}
