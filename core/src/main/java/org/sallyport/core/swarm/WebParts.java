package org.sallyport.core.swarm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.metainfo.WebSeed;

/** Which bytes of which files of a web server make up a run of pieces. */
final class WebParts {
    private final Metainfo metainfo;
    private final List<List<String>> rawPaths;

    WebParts(Metainfo metainfo) {
        this.metainfo = metainfo;
        this.rawPaths = metainfo.rawPaths();
    }

    /** @param request empty for padding, whose bytes are zeros (BEP 47) */
    record Part(Optional<WebCalls.Request> request, long bytes) { }

    /** In order. A file whose name makes no address is asked for where the server can only say no. */
    List<Part> of(WebSeed seed, WebRun run) {
        if (seed.kind() == WebSeed.Kind.PIECES) {
            return List.of(piece(seed, run));
        }
        List<Part> found = new ArrayList<>();
        List<FileEntry> files = metainfo.files();
        long at = run.from();
        for (int i = firstAt(at); i < files.size() && at < run.to(); i++) {
            FileEntry file = files.get(i);
            long end = Math.min(run.to(), file.offset() + file.size());
            if (end > at) {
                found.add(part(seed, file, at - file.offset(), end - at));
                at = end;
            }
        }
        return found;
    }

    private Part part(WebSeed seed, FileEntry file, long from, long bytes) {
        if (file.pad()) {
            return new Part(Optional.empty(), bytes);
        }
        String address = seed.addressOf(rawPaths.get(file.index()), metainfo.singleFile()).orElse(seed.url());
        return new Part(Optional.of(new WebCalls.Request(address, from, bytes, true)), bytes);
    }

    /** BEP 17 gives pieces; a part of one has a range of its own in the address. */
    private Part piece(WebSeed seed, WebRun run) {
        int number = (int) (run.from() / metainfo.pieceLength());
        long begin = run.from() - (long) number * metainfo.pieceLength();
        long bytes = run.to() - run.from();
        String whole = seed.addressOf(metainfo.hash(), number);
        String address = bytes == metainfo.pieceBytes(number) ? whole : whole + "&ranges=" + begin + "-" + (begin + bytes - 1);
        return new Part(Optional.of(new WebCalls.Request(address, 0, bytes, false)), bytes);
    }

    /** The first file that ends after this byte. */
    private int firstAt(long offset) {
        List<FileEntry> files = metainfo.files();
        int low = 0;
        int high = files.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (files.get(middle).offset() + files.get(middle).size() > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
