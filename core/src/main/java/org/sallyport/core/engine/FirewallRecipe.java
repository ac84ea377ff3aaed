package org.sallyport.core.engine;

import java.util.List;

/**
 * Rules that leave exactly one port of this computer open to others, and keep the BitTorrent ports that other programs choose (6881–6999)
 * shut in both directions. Text to look at and run; Sallyport itself never changes a firewall.
 */
public final class FirewallRecipe {
    private static final int FIRST_COMMON = 6881;
    private static final int LAST_COMMON = 6999;

    /** NFT: a file for {@code nft -f}, which replaces only its own table. UFW and WINDOWS: commands for an administrator's terminal. */
    public enum Format { NFT, UFW, WINDOWS }

    private FirewallRecipe() { }

    /** @param port the one port, 1..65535; 0 for none (receive-only) @return lines that end with a line feed */
    public static String text(Format format, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port);
        }
        List<String> lines = switch (format) {
            case NFT -> nft(port);
            case UFW -> ufw(port);
            case WINDOWS -> windows(port);
        };
        return String.join("\n", lines.stream().filter(line -> !line.isEmpty()).toList()) + "\n";
    }

    private static List<String> nft(int port) {
        String ifPort = port == 0 ? "" : "        meta l4proto { tcp, udp } th dport " + port + " accept comment \"Sallyport: the one port\"";
        return List.of(
                "#!/usr/sbin/nft -f",
                "# " + summary(port),
                "# Save as sallyport.nft, then run: nft -f sallyport.nft. To undo it: nft delete table inet sallyport",
                "table inet sallyport",
                "delete table inet sallyport",
                "table inet sallyport {",
                "    chain input {",
                "        type filter hook input priority filter; policy drop;",
                "        iif \"lo\" accept comment \"this computer with itself\"",
                "        ct state established,related accept comment \"answers to what was asked from here\"",
                "        ct state invalid drop",
                "        meta l4proto { icmp, ipv6-icmp } accept comment \"errors, path size, neighbours\"",
                "        udp sport 67 udp dport 68 accept comment \"DHCP\"",
                "        udp sport 547 udp dport 546 accept comment \"DHCPv6\"",
                ifPort,
                "        meta l4proto { tcp, udp } th dport " + FIRST_COMMON + "-" + LAST_COMMON
                        + " reject comment \"BitTorrent ports that other programs choose\"",
                "        meta l4proto tcp reject with tcp reset",
                "        reject",
                "    }",
                "    chain output {",
                "        type filter hook output priority filter; policy accept;",
                "        oif != \"lo\" ct state new meta l4proto { tcp, udp } " + exceptOwn(port) + "th sport " + FIRST_COMMON + "-" + LAST_COMMON
                        + " reject comment \"no other BitTorrent program calls from here\"",
                "    }",
                "}");
    }

    /** Our own port may lie in the block. */
    private static String exceptOwn(int port) {
        return isCommon(port) ? "th sport != " + port + " " : "";
    }

    private static List<String> ufw(int port) {
        return List.of(
                "# " + summary(port),
                "ufw default deny incoming",
                "ufw default allow outgoing",
                port == 0 ? "" : "ufw allow " + port + "/tcp comment 'Sallyport: the one port'",
                port == 0 ? "" : "ufw allow " + port + "/udp comment 'Sallyport: the one port'",
                ufwBlock(FIRST_COMMON, isCommon(port) ? port - 1 : LAST_COMMON, "tcp"),
                ufwBlock(FIRST_COMMON, isCommon(port) ? port - 1 : LAST_COMMON, "udp"),
                isCommon(port) ? ufwBlock(port + 1, LAST_COMMON, "tcp") : "",
                isCommon(port) ? ufwBlock(port + 1, LAST_COMMON, "udp") : "",
                "ufw enable");
    }

    private static String ufwBlock(int first, int last, String protocol) {
        return first > last ? "" : "ufw deny in " + range(first, last, ":") + "/" + protocol + " comment 'BitTorrent ports of other programs'";
    }

    private static List<String> windows(int port) {
        return List.of(
                "# " + summary(port),
                "# Run in PowerShell as administrator. To undo it: Remove-NetFirewallRule -Group 'Sallyport'",
                "Set-NetFirewallProfile -All -Enabled True -DefaultInboundAction Block",
                "Remove-NetFirewallRule -Group 'Sallyport' -ErrorAction SilentlyContinue",
                port == 0 ? "" : windowsRule("Sallyport TCP " + port, "TCP", Integer.toString(port), "Allow"),
                port == 0 ? "" : windowsRule("Sallyport UDP " + port, "UDP", Integer.toString(port), "Allow"),
                windowsRule("No other BitTorrent ports, TCP", "TCP", commonWithout(port), "Block"),
                windowsRule("No other BitTorrent ports, UDP", "UDP", commonWithout(port), "Block"));
    }

    private static String windowsRule(String name, String protocol, String ports, String action) {
        return "New-NetFirewallRule -Group 'Sallyport' -DisplayName '" + name + "' -Direction Inbound -Protocol " + protocol
                + " -LocalPort " + ports + " -Action " + action;
    }

    private static String commonWithout(int port) {
        if (!isCommon(port)) {
            return range(FIRST_COMMON, LAST_COMMON, "-");
        }
        String below = port == FIRST_COMMON ? "" : range(FIRST_COMMON, port - 1, "-");
        String above = port == LAST_COMMON ? "" : range(port + 1, LAST_COMMON, "-");
        return below + (below.isEmpty() || above.isEmpty() ? "" : ",") + above;
    }

    private static String range(int first, int last, String between) {
        return first == last ? Integer.toString(first) : first + between + last;
    }

    private static boolean isCommon(int port) {
        return port >= FIRST_COMMON && port <= LAST_COMMON;
    }

    private static String summary(int port) {
        return port == 0 ? "Sallyport only receives: no port of this computer is open to others."
                : "Sallyport: port " + port + " (TCP and UDP) is open to others, every other port of this computer is shut.";
    }
}
