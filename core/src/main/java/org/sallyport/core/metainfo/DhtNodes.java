package org.sallyport.core.metainfo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The key {@code nodes} of a torrent (BEP 5): where its author thinks that the DHT can be entered. */
final class DhtNodes {
    static final int MOST = 8;
    private static final int MAX_LOOKED_AT = 100;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,253}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private DhtNodes() { }

    /** What is no host and port is passed over. */
    static List<String> read(BencodeDict torrent) {
        List<String> nodes = new ArrayList<>();
        torrent.list("nodes").ifPresent(list -> {
            for (int i = 0; i < Math.min(list.size(), MAX_LOOKED_AT) && nodes.size() < MOST; i++) {
                list.list(i).filter(pair -> pair.size() == 2).ifPresent(pair -> add(pair.text(0, ""), pair.integer(1).orElse(0), nodes));
            }
        });
        return List.copyOf(nodes);
    }

    private static void add(String host, long port, List<String> nodes) {
        if (port < 1 || port > 65_535) {
            return;
        }
        if (NAME.matcher(host).matches()) {
            nodes.add(host + ":" + port);
        } else if (IPV6.matcher(host).matches()) {
            nodes.add("[" + host + "]:" + port);
        }
    }
}
