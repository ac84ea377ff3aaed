package org.sallyport.app.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A web server of the distribution that gives the files below a folder. */
final class WebServer {
    private static final int PORT = 8080;
    private static final String NGINX = """
            daemon off;
            master_process off;
            user root;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            events { }
            http {
              log_format brief '$connection $status "$request_uri" $http_range';
              access_log %1$s/access.log brief;
              client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fastcgi; uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              server { listen %2$s:%3$d; root "%4$s"; }
            }
            """;
    private static final String LIGHTTPD = """
            server.modules = ("mod_cgi")
            server.bind = "%2$s"
            server.port = %3$d
            server.document-root = "%4$s"
            server.errorlog = "%1$s/error.log"
            server.upload-dirs = ("%1$s")
            # an info-hash is no text
            server.http-parseopts = ("url-normalize" => "disable", "url-ctrls-reject" => "disable")
            cgi.assign = (".py" => "/usr/bin/python3")
            """;

    private final Host host;
    private final Path home;

    private WebServer(Host host, Path home) {
        this.host = host;
        this.home = home;
    }

    static WebServer nginx(Scene scene, Host host, Path root) {
        Path home = scene.folder("nginx");
        return new WebServer(host, home).start(scene, "nginx", NGINX, root, List.of("nginx", "-e", home.resolve("start.log").toString(), "-c"));
    }

    static WebServer lighttpd(Scene scene, Host host, Path root) {
        return new WebServer(host, scene.folder("lighttpd")).start(scene, "lighttpd", LIGHTTPD, root, List.of("lighttpd", "-D", "-f"));
    }

    private WebServer start(Scene scene, String name, String text, Path root, List<String> command) {
        Path config = home.resolve(name + ".conf");
        try {
            Files.writeString(config, text.formatted(home, host.address(), PORT, root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Program program = scene.start(host, name, Stream.concat(command.stream(), Stream.of(config.toString())).toList());
        Waiting.until(name + " listens", Duration.ofSeconds(20), () -> {
            if (!program.isRunning()) {
                throw new AssertionError(program.tail());
            }
            return program.listensOn(PORT);
        });
        return this;
    }

    /** Puts a script of the test resources where it gives its answers from. */
    static void addScript(Path root, String script) {
        try (InputStream in = Objects.requireNonNull(WebServer.class.getResourceAsStream(script), script)) {
            Files.copy(in, root.resolve(script));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With a slash at its end. */
    String url() {
        return "http://" + host.address() + ":" + PORT + "/";
    }

    /** nginx only: each question so far, {@code CONNECTION STATUS "PATH" RANGE}. */
    List<String> asked() {
        try {
            return Files.readAllLines(home.resolve("access.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
