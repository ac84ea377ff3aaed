package org.sallyport.core.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.policy.PolicyEngine;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.transport.DatagramHost;

/** Puts each datagram to policy, and tells of those refused: once in ten minutes for an address, however many it sends. Network thread only. */
final class DatagramRules implements DatagramHost {
    private static final int MAX_HOSTS = 1024;
    private static final long QUIET = TimeUnit.MINUTES.toNanos(10);

    private final PolicyEngine policy;
    private final EventLog events;
    private final Map<InetAddress, Long> quietUntil = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Long> eldest) {
            return size() > MAX_HOSTS;
        }
    };

    DatagramRules(PolicyEngine policy, EventLog events) {
        this.policy = policy;
        this.events = events;
    }

    @Override
    public Optional<Refusal> refusal(InetSocketAddress remote, boolean incoming) {
        InetAddress host = remote.getAddress();
        Optional<Refusal> refusal = policy.decide(new PolicyRequest.ExchangeDatagram(host, incoming)).reason();
        refusal.filter(denied -> isNews(host)).ifPresent(denied -> events.refused("policy.denied", denied, host.getHostAddress(),
                Map.of("address", host.getHostAddress(), "protocol", "udp")));
        return refusal;
    }

    private boolean isNews(InetAddress host) {
        long now = System.nanoTime();
        Long until = quietUntil.get(host);
        if (until != null && until - now > 0) {
            return false;
        }
        quietUntil.put(host, now + QUIET);
        return true;
    }

    @Override
    public void busy(int port) {
        events.tell(Severity.TROUBLE, "port.udp-busy", "UDP port " + port + " is used by another program, so the DHT and UDP trackers are not asked. "
                + "Close that program, or choose another port in Settings.", Map.of("port", Integer.toString(port)));
    }
}
