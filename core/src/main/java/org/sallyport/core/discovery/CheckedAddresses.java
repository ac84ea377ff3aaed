package org.sallyport.core.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hc.client5.http.DnsResolver;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Refusal;

/**
 * The name look-up of one hop. HttpClient connects to what this returns and to nothing else, so the addresses that were
 * checked are the ones used: a name that changes its answer between check and use (DNS rebinding) gains nothing.
 */
final class CheckedAddresses implements DnsResolver {
    // a name with hundreds of addresses would keep us connecting until the deadline
    private static final int MAX_ADDRESSES = 8;

    private final SourceGate gate;
    private final InfoHash hash;
    private final TrackerUrl url;
    private final AddressScope innermost;
    private final NameLookup names;
    private final Function<InetAddress, AddressScope> scopes;
    private final Deadline deadline;
    private AddressScope reached = AddressScope.LOOPBACK;

    /** @param innermost addresses further in than this are refused: where the redirect came from */
    CheckedAddresses(SourceGate gate, InfoHash hash, TrackerUrl url, AddressScope innermost,
            NameLookup names, Function<InetAddress, AddressScope> scopes, Deadline deadline) {
        this.gate = gate;
        this.hash = hash;
        this.url = url;
        this.innermost = innermost;
        this.names = names;
        this.scopes = scopes;
        this.deadline = deadline;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        List<InetAddress> all = names.resolve(host, deadline.left());
        List<InetAddress> few = all.subList(0, Math.min(all.size(), MAX_ADDRESSES));
        if (few.isEmpty()) {
            throw new UnknownHostException("the name " + host + " has no address");
        }
        for (InetAddress address : few) {
            Optional<Refusal> refusal = refusal(address);
            if (refusal.isPresent()) {
                // one bad address spoils the name: a mix of public and inner ones is how rebinding looks
                throw new RefusedAddressException(refusal.get());
            }
        }
        few.stream().map(scopes).forEach(this::reach);
        return few.toArray(InetAddress[]::new);
    }

    /** Whether an address to which there is a connection may be asked this, too. */
    boolean admits(InetAddress connected) {
        boolean admitted = refusal(connected).isEmpty();
        if (admitted) {
            reach(scopes.apply(connected));
        }
        return admitted;
    }

    private Optional<Refusal> refusal(InetAddress address) {
        return inwards(address).or(() -> gate.check(hash, url.uri().toString(), address));
    }

    private Optional<Refusal> inwards(InetAddress address) {
        return scopes.apply(address).compareTo(innermost) >= 0 ? Optional.empty()
                : Optional.of(new Refusal("discovery.redirect-private",
                        "The tracker sent us on to an address inside your own network, so we did not follow. "
                                + "This protects devices at home from being called through you."));
    }

    private void reach(AddressScope scope) {
        reached = scope.compareTo(reached) > 0 ? scope : reached;
    }

    /** The outermost of the addresses of this hop. */
    AddressScope reached() {
        return reached;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** Carries the refusal through HttpClient, which lets exceptions of a look-up pass as they are. */
    static final class RefusedAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        private final transient Refusal refusal;

        RefusedAddressException(Refusal refusal) {
            super(refusal.rule());
            this.refusal = refusal;
        }

        Refusal refusal() {
            return refusal;
        }
    }
}
