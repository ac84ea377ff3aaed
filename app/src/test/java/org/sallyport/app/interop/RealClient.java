package org.sallyport.app.interop;

import java.nio.file.Path;
import java.util.List;

/** Another BitTorrent client on a host of its own, used for one torrent. */
interface RealClient {

    /** The port every client listens on. */
    int PORT = 51413;

    /** How it treats connections in the clear: as it does by itself, or obfuscated ones (MSE) and no others. */
    enum Obfuscation { USUAL, RC4, HANDSHAKE_ONLY }

    /** From its start on. @throws IllegalArgumentException if it has no such setting */
    RealClient obfuscating(Obfuscation only);

    /** Starts sharing what is complete below {@code folder}. */
    void seed(Path torrent, Path folder);

    /** Starts downloading into {@code folder}. */
    void download(Path torrent, Path folder);

    /** Starts downloading what a magnet link stands for. @throws IllegalArgumentException if it cannot */
    void fetch(String magnet, Path folder);

    /** Whether the client itself says that the download is complete. */
    boolean isComplete();

    /** A client by its tool, each always on the same host. */
    static RealClient of(Scene scene, Tool tool) {
        switch (tool) {
            case TRANSMISSION: return new Transmission(scene, scene.host(2));
            case ARIA2: return new Aria2(scene, scene.host(3));
            case LIBTORRENT: return new LibtorrentPeer(scene, scene.host(4), "libtorrent");
            case RTORRENT: return new Rtorrent(scene, scene.host(5));
            case QBITTORRENT: return new QBittorrent(scene, scene.host(6));
            default: throw new IllegalArgumentException(tool + " is no client");
        }
    }

    /** The five. */
    static List<Tool> all() {
        return List.of(Tool.TRANSMISSION, Tool.ARIA2, Tool.LIBTORRENT, Tool.RTORRENT, Tool.QBITTORRENT);
    }
}
