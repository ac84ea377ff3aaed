package org.sallyport.core.discovery;

import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What others say our address is (BEP 42). One liar changes nothing: more than half of the last 16 who were asked must agree, and at least 4. */
final class ExternalVotes {
    private static final int MOST = 16;
    private static final int ENOUGH = 4;

    private final Map<InetAddress, InetAddress> votes = new LinkedHashMap<>();

    /** @return what they agree upon; empty if they do not, or not yet */
    Optional<InetAddress> vote(InetAddress voter, InetAddress seen) {
        boolean counts = AddressScope.of(voter) == AddressScope.GLOBAL && AddressScope.of(seen) == AddressScope.GLOBAL
                && voter.getClass().equals(seen.getClass());
        if (!counts) {
            return Optional.empty();
        }
        votes.remove(voter);
        votes.put(voter, seen);
        if (votes.size() > MOST) {
            votes.remove(votes.keySet().iterator().next());
        }
        int same = Collections.frequency(votes.values(), seen);
        return same >= ENOUGH && same * 2 > votes.size() ? Optional.of(seen) : Optional.empty();
    }
}
