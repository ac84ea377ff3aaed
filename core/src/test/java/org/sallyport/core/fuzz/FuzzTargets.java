package org.sallyport.core.fuzz;

import java.util.List;
import java.util.stream.Stream;
import org.sallyport.core.discovery.DiscoveryTargets;
import org.sallyport.core.metainfo.MetainfoTargets;
import org.sallyport.core.persist.PersistTargets;
import org.sallyport.core.policy.PolicyTargets;
import org.sallyport.core.testkit.FuzzTarget;
import org.sallyport.core.transport.TransportTargets;
import org.sallyport.core.trust.TrustTargets;
import org.sallyport.core.wire.WireTargets;

/** All there are. */
final class FuzzTargets {
    static final List<FuzzTarget> ALL = Stream.of(MetainfoTargets.all(), WireTargets.all(), TransportTargets.all(), DiscoveryTargets.all(),
            PolicyTargets.all(), TrustTargets.all(), PersistTargets.all()).flatMap(List::stream).toList();

    private FuzzTargets() { }

    static FuzzTarget named(String name) {
        return ALL.stream().filter(target -> target.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fuzz target " + name));
    }
}
