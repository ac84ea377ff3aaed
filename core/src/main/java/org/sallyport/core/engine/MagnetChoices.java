package org.sallyport.core.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.UploadPolicy;

/** What was chosen for a torrent when its magnet link was added, as it is kept until the torrent is known. Without peers: those are for one run. */
final class MagnetChoices {
    private MagnetChoices() { }

    static Map<String, String> write(AddRequest request) {
        Map<String, String> kept = new HashMap<>();
        kept.put("folder", request.folder().toString());
        kept.put("wanted", new TreeSet<>(request.wanted()).stream().map(String::valueOf).collect(Collectors.joining(" ")));
        kept.put("existing", String.valueOf(request.existing()));
        kept.put("usualGoal", String.valueOf(request.usualGoal()));
        kept.put("risky", request.risky().name());
        write(request.options(), kept);
        Sharing sharing = request.sharing();
        kept.put("upload", sharing.upload().name());
        kept.put("trustedOnly", String.valueOf(sharing.trustedOnly()));
        kept.put("devices", String.join(" ", new TreeSet<>(sharing.devices())));
        kept.put("note", sharing.note());
        kept.put("expires", sharing.expires().equals(Instant.MAX) ? "" : sharing.expires().toString());
        return kept;
    }

    private static void write(TorrentOptions options, Map<String, String> kept) {
        kept.put("priorities", options.priorities().entrySet().stream().map(entry -> entry.getKey() + ":" + entry.getValue()).sorted()
                .collect(Collectors.joining(" ")));
        kept.put("sequential", String.valueOf(options.sequential()));
        kept.put("firstAndLast", String.valueOf(options.firstAndLast()));
        kept.put("downLimit", String.valueOf(options.downLimit()));
        kept.put("upLimit", String.valueOf(options.upLimit()));
        SeedGoal goal = options.goal();
        kept.put("goal", goal.ratio() + " " + goal.minutes() + " " + goal.idleMinutes() + " " + goal.then());
        kept.put("superSeeding", String.valueOf(options.superSeeding()));
        kept.put("forced", String.valueOf(options.forced()));
        kept.put("dht", String.valueOf(options.dht()));
        kept.put("exchange", String.valueOf(options.exchange()));
        kept.put("intent", options.intent().name());
        kept.put("labels", String.join("\n", new TreeSet<>(options.labels())));
    }

    private static TorrentOptions options(Map<String, String> kept) {
        Map<Integer, FilePriority> priorities = new HashMap<>();
        for (String entry : words(kept.get("priorities"))) {
            int colon = entry.indexOf(':');
            priorities.put(Integer.valueOf(entry.substring(0, Math.max(0, colon))), FilePriority.valueOf(entry.substring(colon + 1)));
        }
        String[] goal = kept.get("goal").split(" ", 4);
        String labels = kept.get("labels");
        return new TorrentOptions(priorities, isSet(kept, "sequential"), isSet(kept, "firstAndLast"), Long.parseLong(kept.get("downLimit")),
                Long.parseLong(kept.get("upLimit")), new SeedGoal(Double.parseDouble(goal[0]), Integer.parseInt(goal[1]), Integer.parseInt(goal[2]),
                SeedGoal.Then.valueOf(goal[3])), isSet(kept, "superSeeding"), isSet(kept, "forced"), isSet(kept, "dht"), isSet(kept, "exchange"),
                labels.isEmpty() ? Set.of() : Set.of(labels.split("\n")),
                Intent.valueOf(kept.getOrDefault("intent", Intent.ANYTHING.name())));
    }

    private static boolean isSet(Map<String, String> kept, String key) {
        return Boolean.parseBoolean(kept.get(key));
    }

    /** @throws RuntimeException if {@link #write(AddRequest)} did not make it */
    static AddRequest read(String link, Map<String, String> kept, boolean running) {
        Sharing sharing = new Sharing(UploadPolicy.valueOf(kept.get("upload")), Boolean.parseBoolean(kept.get("trustedOnly")),
                words(kept.get("devices")), false,
                kept.get("note"), kept.get("expires").isEmpty() ? Instant.MAX : Instant.parse(kept.get("expires")));
        Set<Integer> wanted = words(kept.get("wanted")).stream().map(Integer::valueOf).collect(Collectors.toSet());
        return new AddRequest(new AddSource.MagnetLink(link), Path.of(kept.get("folder")), wanted, !running, isSet(kept, "existing"), List.of(),
                sharing, options(kept), isSet(kept, "usualGoal"), false,
                AddRequest.Risky.valueOf(kept.getOrDefault("risky", AddRequest.Risky.REFUSE.name())));
    }

    private static Set<String> words(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
    }
}
