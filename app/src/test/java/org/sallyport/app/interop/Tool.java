package org.sallyport.app.interop;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What the tests need from the machine, with a test whether it is there. Debian package names are in the reasons. */
enum Tool {
    NAMESPACES(List.of("unshare", "nsenter", "ip", "kill"), List.of("unshare", "-n", "-m", "ip", "link", "add", "br0", "type", "bridge"),
            "packages util-linux, iproute2, procps, and the right to make network namespaces (root)"),
    SOCKET_STATISTICS(List.of("ss"), List.of(), "package iproute2"),
    NFTABLES(List.of("nft"), List.of("unshare", "-n", "nft", "list", "ruleset"), "package nftables, and root"),
    PYTHON(List.of("/usr/bin/python3"), List.of(), "package python3"),
    CLAMD(List.of("/usr/sbin/clamd"), List.of(), "package clamav-daemon"),
    OPENSSL(List.of("openssl"), List.of(), "package openssl"),
    OPENTRACKER(List.of("opentracker"), List.of(), "package opentracker"),
    TRANSMISSION(List.of("transmission-daemon", "transmission-remote"), List.of(), "packages transmission-daemon, transmission-cli"),
    ARIA2(List.of("aria2c"), List.of(), "package aria2"),
    QBITTORRENT(List.of("qbittorrent-nox"), List.of(), "package qbittorrent-nox"),
    RTORRENT(List.of("rtorrent"), List.of(), "package rtorrent"),
    LIBTORRENT(List.of("/usr/bin/python3"), List.of("/usr/bin/python3", "-c", "import libtorrent"), "package python3-libtorrent"),
    NGINX(List.of("nginx"), List.of(), "package nginx"),
    LIGHTTPD(List.of("lighttpd"), List.of(), "package lighttpd"),
    SALLYPORT(List.of(), List.of(), "system property sallyport.home, or `mvn package` before the tests");

    private final List<String> programs;
    private final List<String> check;
    private final String where;

    Tool(List<String> programs, List<String> check, String where) {
        this.programs = programs;
        this.check = check;
        this.where = where;
    }

    /** Why it cannot be used, in one sentence; empty when it can. */
    Optional<String> missing() {
        if (this == SALLYPORT && !Files.isExecutable(Sallyport.command())) {
            return Optional.of(Sallyport.command() + " is not there (" + where + ")");
        }
        for (String program : programs) {
            if (!isOnPath(program)) {
                return Optional.of(program + " is not installed (" + where + ")");
            }
        }
        return check.isEmpty() || succeeds(check) ? Optional.empty() : Optional.of("`" + String.join(" ", check) + "` fails (" + where + ")");
    }

    private static boolean isOnPath(String program) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder).resolve(program))) {
                return true;
            }
        }
        return false;
    }

    private static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }
}
