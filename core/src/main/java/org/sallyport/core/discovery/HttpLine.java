package org.sallyport.core.discovery;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * One connection to one web server, made with the first question: no cookies, no authentication, no proxy, no compression, no redirect. A
 * client for each costs little next to a connection. One question at a time; whoever asks next may be another thread.
 */
final class HttpLine implements AutoCloseable {
    private final HttpHost server;
    private final CloseableHttpClient client;
    /** Those of the question that is asked now. */
    private Optional<CheckedAddresses> addresses = Optional.empty();
    private Optional<Deadline> deadline = Optional.empty();
    private Optional<Socket> socket = Optional.empty();
    /** Something of the last answer was not read. */
    private boolean spent;

    /** Makes what it wants of a response while its connection is open. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ClassicHttpResponse response) throws IOException, TrackerException;
    }

    /** @param kept whether more than one question is to be asked on it @param patience without a byte; the deadline holds besides */
    HttpLine(TrackerUrl url, boolean kept, String userAgent, TrackerSurroundings surroundings, Duration patience) {
        this.server = serverOf(url);
        this.client = client(kept, userAgent, surroundings, patience);
    }

    static HttpHost serverOf(TrackerUrl url) {
        return new HttpHost(url.secure() ? "https" : "http", url.host(), url.port());
    }

    boolean leadsTo(TrackerUrl url) {
        return server.equals(serverOf(url));
    }

    /** Where the connection leads; empty while there is none. */
    Optional<InetAddress> connectedTo() {
        return socket.filter(now -> !now.isClosed() && now.isConnected()).map(Socket::getInetAddress);
    }

    /** @param headers besides the usual ones */
    <T> T ask(TrackerUrl url, CheckedAddresses checked, Deadline until, List<Header> headers, Reader<T> reader) throws IOException, TrackerException {
        addresses = Optional.of(checked);
        deadline = Optional.of(until);
        socket.ifPresent(until::watch);
        HttpGet request = new HttpGet(url.uri());
        request.setPath(url.target());
        headers.forEach(request::addHeader);
        ClassicHttpResponse response = client.executeOpen(server, request, null); // not closed: what is read to its end gives the connection back
        Optional<Body> body = Optional.ofNullable(response.getEntity()).map(Body::new);
        body.ifPresent(response::setEntity);
        T read = reader.read(response);
        spent = !body.map(each -> each.ended).orElse(true);
        return read;
    }

    /** The deadline holds no more. @return whether another question may be asked on the same connection */
    boolean rest() {
        deadline.ifPresent(until -> socket.ifPresent(until::forget));
        deadline = Optional.empty();
        addresses = Optional.empty();
        return !spent && connectedTo().isPresent();
    }

    @Override
    public void close() {
        // at once, and before the response: a polite close reads an endless body to its end first
        client.close(CloseMode.IMMEDIATE);
    }

    private CloseableHttpClient client(boolean kept, String userAgent, TrackerSurroundings surroundings, Duration patience) {
        BasicHttpClientConnectionManager connections = new BasicHttpClientConnectionManager(
                new DefaultHttpClientConnectionOperator(
                        proxy -> watchedSocket(surroundings), DefaultSchemePortResolver.INSTANCE, new Checked(),
                        RegistryBuilder.<TlsSocketStrategy>create().register("https", (socket, host, port, attachment, context) ->
                                new DefaultClientTlsStrategy(surroundings.tls().get()).upgrade(socket, host, port, attachment, context)).build()),
                ManagedHttpClientConnectionFactory.builder()
                        .http1Config(HeaderBudget.LINES).responseParserFactory(new HeaderBudget()).build());
        Timeout left = Timeout.of(patience);
        Timeout connecting = Timeout.of(surroundings.connect().compareTo(patience) < 0 ? surroundings.connect() : patience);
        connections.setConnectionConfig(ConnectionConfig.custom().setConnectTimeout(connecting).setSocketTimeout(left).build());
        connections.setTlsConfig(TlsConfig.custom().setHandshakeTimeout(left).build());
        RequestConfig config = RequestConfig.custom()
                .setAuthenticationEnabled(false).setRedirectsEnabled(false).setContentCompressionEnabled(false)
                .setExpectContinueEnabled(false).setProtocolUpgradeEnabled(false).setResponseTimeout(left).build();
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setConnectionManager(connections).setDefaultRequestConfig(config).setUserAgent(userAgent)
                .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE))
                .disableCookieManagement().disableAuthCaching().disableRedirectHandling()
                .disableContentCompression().disableAutomaticRetries().disableConnectionState();
        if (!kept) {
            builder.setConnectionReuseStrategy((request, response, context) -> false)
                    .setDefaultHeaders(List.of(new BasicHeader("Connection", "close")));
        }
        return builder.build();
    }

    /** Every connection is born here: never through a proxy of the system, and closed when the time is over. */
    private Socket watchedSocket(TrackerSurroundings surroundings) {
        Socket made = surroundings.sockets().get();
        socket = Optional.of(made);
        deadline.ifPresent(until -> until.watch(made));
        return made;
    }

    /** Looks up as the question that is asked now may. */
    private final class Checked implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return addresses.orElseThrow(() -> new UnknownHostException("nothing is asked of " + host)).resolve(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /** What is sent, and whether it was read to its end. */
    private static final class Body extends HttpEntityWrapper {
        private boolean ended;

        Body(HttpEntity sent) {
            super(sent);
        }

        @Override
        public InputStream getContent() throws IOException {
            return new FilterInputStream(super.getContent()) {
                @Override
                public int read() throws IOException {
                    return noted(super.read());
                }

                @Override
                public int read(byte[] target, int from, int length) throws IOException {
                    return noted(super.read(target, from, length));
                }

                private int noted(int count) {
                    ended |= count < 0;
                    return count;
                }
            };
        }
    }
}
