package org.sallyport.app.interop;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The open doors of a host, as {@code ss -lntup} sees them: every process in it, not only the one we think of. */
final class Sockets {

    private static final Pattern LINE = Pattern.compile("(tcp|udp)\\s+\\S+\\s+\\S+\\s+\\S+\\s+\\S+:(\\d+)\\s.*pid=(\\d+),.*");

    private Sockets() {
    }

    /** One line per listening TCP and bound UDP socket: {@code tcp PORT of PID}. */
    static List<String> of(Host host) {
        return host.run("ss", "-Hlntup").stream().map(Sockets::brief).toList();
    }

    static String tcp(int port, Program program) {
        return "tcp " + port + " of " + program.pid();
    }

    static String udp(int port, Program program) {
        return "udp " + port + " of " + program.pid();
    }

    private static String brief(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches() ? matcher.group(1) + " " + matcher.group(2) + " of " + matcher.group(3) : line;
    }
}
