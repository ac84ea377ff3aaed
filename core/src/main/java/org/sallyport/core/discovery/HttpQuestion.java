package org.sallyport.core.discovery;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
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
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.sallyport.core.model.Bytes;

/**
 * One GET on one connection of its own: no cookies, no authentication, no proxy, no kept connection, no compression, no
 * redirect. A client for each question costs little next to a connection and leaves nothing behind that could grow.
 */
final class HttpQuestion {
    private static final int MAX_BODY = 1 << 20;

    private final String userAgent;
    private final TlsSocketStrategy tls;
    private final Duration connect;
    private final Supplier<Socket> sockets;

    HttpQuestion(String userAgent, TrackerSurroundings surroundings) {
        this.userAgent = userAgent;
        this.tls = new DefaultClientTlsStrategy(surroundings.tls());
        this.connect = surroundings.connect();
        this.sockets = surroundings.sockets();
    }

    /** @param location where a redirect leads, else empty; @param body at most 1 MiB, empty for a redirect */
    record Answer(int status, String location, Bytes body) {
        boolean redirects() {
            return List.of(301, 302, 303, 307, 308).contains(status);
        }
    }

    /** Makes what it wants of a response while its connection is open. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ClassicHttpResponse response) throws IOException, TrackerException;
    }

    Answer ask(TrackerUrl url, CheckedAddresses addresses, Deadline deadline) throws IOException, TrackerException {
        // one second later than the deadline, which closes the socket itself and knows the better sentence
        return ask(url, addresses, deadline, deadline.left().plusSeconds(1), List.of(), HttpQuestion::read);
    }

    /** @param patience without a byte; the deadline holds besides @param headers besides the usual ones */
    <T> T ask(TrackerUrl url, CheckedAddresses addresses, Deadline deadline, Duration patience, List<Header> headers, Reader<T> reader)
            throws IOException, TrackerException {
        CloseableHttpClient client = client(addresses, deadline, patience);
        try {
            HttpGet request = new HttpGet(url.uri());
            request.setPath(url.target());
            headers.forEach(request::addHeader);
            HttpHost host = new HttpHost(url.secure() ? "https" : "http", url.host(), url.port());
            return reader.read(client.executeOpen(host, request, null));
        } finally {
            // at once, and before the response: a polite close reads an endless body to its end first
            client.close(CloseMode.IMMEDIATE);
        }
    }

    private static Answer read(ClassicHttpResponse response) throws IOException, TrackerException {
        Header location = response.getFirstHeader("Location");
        Answer bare = new Answer(response.getCode(), location == null ? "" : location.getValue(), Bytes.EMPTY);
        HttpEntity entity = response.getEntity();
        if (bare.redirects() || entity == null) {
            return bare;
        }
        String encoding = entity.getContentEncoding() == null ? "identity" : entity.getContentEncoding().toLowerCase(Locale.ROOT);
        if (!encoding.isBlank() && !encoding.equals("identity")) {
            throw new TrackerException("discovery.encoding",
                    "The tracker sent a compressed answer nobody asked for, so it was not unpacked.");
        }
        if (entity.getContentLength() > MAX_BODY) {
            throw tooLong();
        }
        byte[] content = entity.getContent().readNBytes(MAX_BODY + 1);
        if (content.length > MAX_BODY) {
            throw tooLong();
        }
        return new Answer(bare.status(), bare.location(), Bytes.copyOf(content));
    }

    private static TrackerException tooLong() {
        return new TrackerException("discovery.body-size",
                "The tracker's answer is longer than 1 MiB, which no honest tracker sends, so it was cut off.");
    }

    private CloseableHttpClient client(CheckedAddresses addresses, Deadline deadline, Duration patience) {
        BasicHttpClientConnectionManager connections = new BasicHttpClientConnectionManager(
                new DefaultHttpClientConnectionOperator(
                        proxy -> watchedSocket(deadline), DefaultSchemePortResolver.INSTANCE, addresses,
                        RegistryBuilder.<TlsSocketStrategy>create().register("https", tls).build()),
                ManagedHttpClientConnectionFactory.builder()
                        .http1Config(HeaderBudget.LINES).responseParserFactory(new HeaderBudget()).build());
        Timeout connecting = Timeout.of(connect.compareTo(deadline.left()) < 0 ? connect : deadline.left());
        Timeout left = Timeout.of(patience);
        connections.setConnectionConfig(ConnectionConfig.custom().setConnectTimeout(connecting).setSocketTimeout(left).build());
        connections.setTlsConfig(TlsConfig.custom().setHandshakeTimeout(left).build());
        RequestConfig config = RequestConfig.custom()
                .setAuthenticationEnabled(false).setRedirectsEnabled(false).setContentCompressionEnabled(false)
                .setExpectContinueEnabled(false).setProtocolUpgradeEnabled(false).setResponseTimeout(left).build();
        return HttpClientBuilder.create()
                .setConnectionManager(connections).setDefaultRequestConfig(config).setUserAgent(userAgent)
                .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE))
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setDefaultHeaders(List.of(new BasicHeader("Connection", "close")))
                .disableCookieManagement().disableAuthCaching().disableRedirectHandling()
                .disableContentCompression().disableAutomaticRetries().disableConnectionState()
                .build();
    }

    /** Every connection is born here: never through a proxy of the system, and closed when the time is over. */
    private Socket watchedSocket(Deadline deadline) {
        Socket socket = sockets.get();
        deadline.watch(socket);
        return socket;
    }
}
