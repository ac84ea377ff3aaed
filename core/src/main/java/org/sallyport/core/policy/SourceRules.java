package org.sallyport.core.policy;

import java.util.List;
import org.sallyport.core.policy.PolicyRequest.UseSource;

/** Which trackers may be asked: a torrent must not make us talk to what only this computer can reach (SSRF). */
final class SourceRules {
    private static final List<String> SCHEMES = List.of("http://", "https://", "udp://");

    private SourceRules() { }

    static List<PolicyRule> all() {
        return List.of(
                new TypedRule<>("policy.source-scheme", UseSource.class, (source, settings) -> !hasKnownScheme(source.url()),
                        "This tracker's address does not begin with http, https or udp, so it is not used. The torrent goes on without it."),
                new TypedRule<>("policy.source-martian-address", UseSource.class,
                        (source, settings) -> AddressKind.isMartian(source.resolved()),
                        "No tracker can be at this address (multicast, broadcast or reserved), so it is not asked. The torrent goes on without it."),
                new TypedRule<>("policy.source-local-address", UseSource.class,
                        (source, settings) -> !settings.trackers().allowLocal()
                                && (AddressKind.isLoopback(source.resolved()) || AddressKind.isLinkLocal(source.resolved())),
                        "This tracker is on this computer or its own network link. It is not asked, so that a torrent cannot reach local "
                                + "services. Allow local trackers in the settings if it is right."));
    }

    private static boolean hasKnownScheme(String url) {
        return SCHEMES.stream().anyMatch(scheme -> url.regionMatches(true, 0, scheme, 0, scheme.length()));
    }
}
