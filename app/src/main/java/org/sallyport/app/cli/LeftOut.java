package org.sallyport.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.model.FileSnapshot;
import org.sallyport.core.model.FileSnapshot.Skip;
import org.sallyport.core.model.TorrentDetails;

/**
 * Files of a torrent that are not fetched for the same reason.
 *
 * @param why a few words; empty when somebody chose other files
 */
record LeftOut(Skip cause, String why, int files) {

    /** One for each reason, in the order of the files; empty when everything is fetched. */
    static List<LeftOut> of(TorrentDetails details) {
        Map<String, LeftOut> all = new LinkedHashMap<>();
        for (FileSnapshot file : details.files()) {
            String why = file.skipped(details.summary().options().intent());
            file.skip(details.summary().options().intent()).ifPresent(cause -> all.merge(cause + why, new LeftOut(cause, why, 1),
                    (a, b) -> new LeftOut(cause, why, a.files() + b.files())));
        }
        return List.copyOf(all.values());
    }

    String sentence() {
        String some = files == 1 ? "1 file is left out: " : files + " files are left out: ";
        return some + switch (cause) {
            case NAME -> "risky name (" + why + ").";
            case INTENT -> why + ".";
            case CHOICE -> "not chosen.";
        };
    }

    Map<String, Object> shape() {
        return Json.object("cause", Words.camelCase(cause), "files", files, "reason", sentence());
    }
}
