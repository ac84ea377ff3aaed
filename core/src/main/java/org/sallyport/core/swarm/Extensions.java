package org.sallyport.core.swarm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sallyport.core.transport.PeerLink;
import org.sallyport.core.wire.ExtendedHandshake;
import org.sallyport.core.wire.WireViolation;

/** The extensions that one peer is offered, and their numbers in what it sends: 1 for the first, and so on. */
final class Extensions {
    private final List<Extension> offered;

    Extensions(List<Extension> offered) {
        this.offered = List.copyOf(offered);
    }

    /** For {@code m} of our handshake. */
    Map<String, Integer> ids() {
        Map<String, Integer> ids = new LinkedHashMap<>();
        offered.forEach(extension -> ids.put(extension.name(), ids.size() + 1));
        return ids;
    }

    void introduced(PeerLink link, ExtendedHandshake theirs) {
        offered.forEach(extension -> extension.introduced(link, theirs));
    }

    /** @param id 1..255; a message with a number that nobody was given is passed over (BEP 10) */
    void heard(PeerLink link, int id, byte[] payload) throws WireViolation {
        if (id <= offered.size()) {
            offered.get(id - 1).heard(link, payload);
        }
    }
}
