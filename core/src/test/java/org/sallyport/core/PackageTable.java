package org.sallyport.core;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.PackageMatchers;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The packages of core: what each may use of the others, and which libraries live in which; a change here needs a decision record. */
final class PackageTable {

    /** One package. @param level edges go to a lower level only @param mayUse packages of core, besides itself */
    record Row(int level, String name, Set<String> mayUse) { }

    /** One library. @param packages ArchUnit package identifiers or full class names @param homes packages of core that may use it */
    record Library(String name, Set<String> homes, List<String> packages) {
        boolean holds(JavaClass type) {
            return packages.contains(type.getName())
                    || PackageMatchers.of(packages.toArray(String[]::new)).test(type.getPackageName());
        }
    }

    static final List<Row> ROWS = List.of(
            row(0, "model"),
            row(1, "persist", "model"),
            row(1, "settings", "model"),
            row(1, "metainfo", "model"),
            row(2, "policy", "model", "settings"),
            row(2, "trust", "model", "persist"),
            row(2, "wire", "model", "metainfo"),
            row(3, "transport", "model", "policy", "trust", "wire"),
            row(3, "storage", "model", "persist", "policy", "metainfo"),
            row(3, "screening", "model", "settings", "metainfo", "trust"),
            row(4, "discovery", "model", "policy", "trust", "metainfo", "transport"),
            row(4, "swarm", "model", "policy", "metainfo", "wire", "transport", "storage"),
            row(5, "engine", "model", "persist", "settings", "metainfo", "policy", "trust", "wire", "transport", "storage",
                    "screening", "discovery", "swarm"));

    /** The first entry that holds a class decides; a class that none holds may not be used at all. */
    static final List<Library> LIBRARIES = List.of(
            library("SQLite", Set.of("persist"), "org.sqlite..", "java.sql..", "javax.sql.."),
            library("Jackson", Set.of("settings"), "com.fasterxml.jackson.."),
            library("bt", Set.of("metainfo", "wire"), "bt.."),
            library("Netty buffers", Set.of("wire", "transport"), "io.netty.buffer", "io.netty.util"),
            library("Netty", Set.of("transport"), "io.netty.."),
            library("Amazon Corretto Crypto Provider", Set.of("storage", "trust"), "com.amazon.corretto.."),
            library("Bouncy Castle", Set.of("trust"), "org.bouncycastle.."),
            library("Apache HttpClient", Set.of("discovery"), "org.apache.hc.."),
            library("Apache Tika", Set.of("screening"), "org.apache.tika.."),
            library("Apache Commons Compress", Set.of("screening"), "org.apache.commons.compress..", "org.tukaani.xz.."),
            library("the JDK's HTTP client", Set.of(), "java.net.http.."),
            // discovery: a socket made for HttpClient, so that the address it connects to is the one that was checked
            // trust: key and trust managers of TLS have to name the type in methods that refuse it
            library("JDK sockets", Set.of("transport", "discovery", "trust"), "java.net.Socket"),
            // screening: to the virus scanner on this computer
            library("JDK sockets", Set.of("transport", "discovery", "screening"), "java.nio.channels.SocketChannel"),
            library("JDK sockets", Set.of("transport", "discovery"),
                    "java.net.ServerSocket", "java.net.DatagramSocket", "java.net.MulticastSocket",
                    "java.nio.channels.ServerSocketChannel",
                    "java.nio.channels.DatagramChannel", "java.nio.channels.AsynchronousSocketChannel",
                    "java.nio.channels.AsynchronousServerSocketChannel"),
            library("java.util.logging", Set.of(), "java.util.logging.."),
            library("the JDK", allNames(), "java..", "javax..", "jdk.."),
            library("SLF4J", allNames(), "org.slf4j.."),
            library("JSpecify", allNames(), "org.jspecify.."));

    private PackageTable() { }

    static Optional<Row> find(String name) {
        return ROWS.stream().filter(row -> row.name().equals(name)).findFirst();
    }

    static Optional<Library> libraryOf(JavaClass type) {
        return LIBRARIES.stream().filter(library -> library.holds(type)).findFirst();
    }

    private static Set<String> allNames() {
        return Set.copyOf(ROWS.stream().map(Row::name).toList());
    }

    private static Row row(int level, String name, String... mayUse) {
        return new Row(level, name, Set.of(mayUse));
    }

    private static Library library(String name, Set<String> homes, String... packages) {
        return new Library(name, homes, List.of(packages));
    }
}
