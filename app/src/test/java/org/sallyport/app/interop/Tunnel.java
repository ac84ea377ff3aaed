package org.sallyport.app.interop;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A second network of one host, as a VPN makes it: an interface that leads to the host with the tracker, and takes the way to that host
 * away from eth0 for as long as it is there. When it goes, whoever is not held to it goes on through eth0.
 */
final class Tunnel {
    static final String NAME = "tun7";
    static final String SERVER = "10.77.0.1";
    private static final String OURS = "10.77.0.21";
    private static final String FAR_END = "far7";
    private static final Pattern COUNTED = Pattern.compile("packets (\\d+) bytes");

    private final Host host;
    private final Host server;

    Tunnel(Host host, Host server) {
        this.host = host;
        this.server = server;
        // IP only: the system itself answers who asks for the hardware address
        host.run("nft", "add table inet elsewhere; delete table inet elsewhere; table inet elsewhere {\n"
                + " counter leaks { }\n chain out {\n type filter hook postrouting priority 0;\n oifname \"eth0\" counter name leaks\n }\n}\n");
        host.run("sysctl", "-q", "-w", "net.ipv6.conf.eth0.disable_ipv6=1");
    }

    /** Makes the interface and switches it on. */
    Tunnel create() {
        host.run("ip", "link", "add", NAME, "type", "veth", "peer", "name", FAR_END, "netns", Long.toString(server.pid()));
        server.run("ip", "addr", "add", SERVER + "/24", "dev", FAR_END);
        server.run("ip", "link", "set", FAR_END, "up");
        // a download takes long enough to be interrupted
        server.run("tc", "qdisc", "add", "dev", FAR_END, "root", "tbf", "rate", "100mbit", "burst", "256kb", "latency", "200ms");
        host.run("ip", "addr", "add", OURS + "/24", "dev", NAME);
        up();
        return this;
    }

    void up() {
        host.run("ip", "link", "set", NAME, "up");
        host.run("ip", "route", "add", server.address() + "/32", "via", SERVER, "dev", NAME, "src", OURS);
    }

    void down() {
        host.run("ip", "link", "set", NAME, "down");
    }

    void delete() {
        host.run("ip", "link", "delete", NAME);
    }

    /** IP packets that left by the other network since this was made. */
    long packetsElsewhere() {
        Matcher counted = COUNTED.matcher(String.join(" ", host.run("nft", "list", "counter", "inet", "elsewhere", "leaks")));
        if (!counted.find()) {
            throw new AssertionError("no counter");
        }
        return Long.parseLong(counted.group(1));
    }
}
