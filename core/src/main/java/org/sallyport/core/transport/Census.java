package org.sallyport.core.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.sallyport.core.model.Bytes;

/** Counts connections, and those from outside that have not shaken hands yet by host and network. Network thread only. */
final class Census {
    private final Map<InetAddress, Integer> byHost = new HashMap<>();
    private final Map<Bytes, Integer> byNetwork = new HashMap<>();
    private int connections;
    private int halfOpen;

    void connected() {
        connections++;
    }

    void disconnected() {
        connections--;
    }

    void halfOpened(InetAddress host) {
        halfOpen++;
        byHost.merge(host, 1, Integer::sum);
        byNetwork.merge(network(host), 1, Integer::sum);
    }

    void settled(InetAddress host) {
        halfOpen--;
        byHost.computeIfPresent(host, (h, n) -> n == 1 ? null : n - 1);
        byNetwork.computeIfPresent(network(host), (h, n) -> n == 1 ? null : n - 1);
    }

    int connections() {
        return connections;
    }

    int halfOpen() {
        return halfOpen;
    }

    int halfOpenFrom(InetAddress host) {
        return byHost.getOrDefault(host, 0);
    }

    int halfOpenFromNetworkOf(InetAddress host) {
        return byNetwork.getOrDefault(network(host), 0);
    }

    /** /24 for IPv4, /64 for IPv6: what one attacker gets cheaply. */
    private static Bytes network(InetAddress host) {
        byte[] raw = host.getAddress();
        return Bytes.copyOf(Arrays.copyOf(raw, host instanceof Inet4Address ? 3 : 8));
    }
}
