package org.sallyport.core.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.UploadPolicy;

/** What was chosen for a torrent when its magnet link was added, as it is kept until the torrent is known. Without peers: those are for one run. */
final class MagnetChoices {
    private MagnetChoices() { }

    static Map<String, String> write(AddRequest request) {
        Map<String, String> kept = new HashMap<>();
        kept.put("folder", request.folder().toString());
        kept.put("wanted", new TreeSet<>(request.wanted()).stream().map(String::valueOf).collect(Collectors.joining(" ")));
        kept.put("existing", String.valueOf(request.existing()));
        kept.put("sequential", String.valueOf(request.sequential()));
        kept.put("seedRatio", String.valueOf(request.seedRatio()));
        Sharing sharing = request.sharing();
        kept.put("upload", sharing.upload().name());
        kept.put("trustedOnly", String.valueOf(sharing.trustedOnly()));
        kept.put("devices", String.join(" ", new TreeSet<>(sharing.devices())));
        kept.put("note", sharing.note());
        kept.put("expires", sharing.expires().equals(Instant.MAX) ? "" : sharing.expires().toString());
        return kept;
    }

    /** @throws IllegalArgumentException or a {@code DateTimeException} if {@link #write} did not make it */
    static AddRequest read(String link, Map<String, String> kept, boolean running) {
        Sharing sharing = new Sharing(UploadPolicy.valueOf(kept.get("upload")), Boolean.parseBoolean(kept.get("trustedOnly")), words(kept.get("devices")), false,
                kept.get("note"), kept.get("expires").isEmpty() ? Instant.MAX : Instant.parse(kept.get("expires")));
        Set<Integer> wanted = words(kept.get("wanted")).stream().map(Integer::valueOf).collect(Collectors.toSet());
        return new AddRequest(new AddSource.MagnetLink(link), Path.of(kept.get("folder")), wanted, !running, Boolean.parseBoolean(kept.get("existing")),
                Boolean.parseBoolean(kept.get("sequential")), List.of(), Double.parseDouble(kept.get("seedRatio")), sharing);
    }

    private static Set<String> words(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
    }
}
