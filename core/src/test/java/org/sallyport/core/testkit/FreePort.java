package org.sallyport.core.testkit;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A port that nobody uses now and that no outgoing connection takes a moment later: above the range from which Linux numbers those, which a
 * port given by {@code new ServerSocket(0)} and closed again is not.
 */
public final class FreePort {
    private static final int LOWEST = 61_000;
    private static final int COUNT = 65_536 - LOWEST;
    // another JVM starts elsewhere, and in this one no number comes twice before all were tried
    private static final AtomicInteger NEXT = new AtomicInteger(new Random().nextInt(COUNT));

    private FreePort() {
    }

    /** For TCP and for UDP. */
    public static int any() {
        return IntStream.generate(() -> LOWEST + Math.floorMod(NEXT.getAndIncrement(), COUNT)).limit(COUNT).filter(FreePort::isFree)
                .findFirst().orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket tcp = new ServerSocket(port); DatagramSocket udp = new DatagramSocket(port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
