package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;

class TrackerUrlTest {
    private static final InfoHash HASH = InfoHash.parse("00ff20257e2d5f61417a2f2b26252bd00ffe0102");
    private static final Bytes PEER_ID = Bytes.copyOf("-SY0100-abc&/ =%\u00e9012".getBytes(StandardCharsets.ISO_8859_1));
    private static final Bytes KEY = Bytes.copyOf(new byte[] {0x0a, (byte) 0xbc, 1, 2});

    private static AnnounceRequest request(int port, AnnounceEvent event) {
        return new AnnounceRequest(HASH, PEER_ID, port, 1, 2, 3, event, 200, KEY);
    }

    @Test
    void announceQueryIsByteExact() throws TrackerException {
        TrackerUrl url = TrackerUrl.parse("http://t.example/announce").announce(request(6881, AnnounceEvent.STARTED), "a b\u00ff");

        assertThat(url.uri()).hasToString("http://t.example/announce"
                + "?info_hash=%00%FF%20%25~-_aAz%2F%2B%26%25%2B%D0%0F%FE%01%02"
                + "&peer_id=-SY0100-abc%26%2F%20%3D%25%E9012"
                + "&port=6881&uploaded=1&downloaded=2&left=3&compact=1&no_peer_id=1&numwant=200&key=0ABC0102"
                + "&event=started&trackerid=a%20b%FF");
    }

    @ParameterizedTest
    @CsvSource({
        "http://t.example,                          http://t.example/?info_hash=",
        "http://t.example/announce?passkey=a%2Fb,   http://t.example/announce?passkey=a%2Fb&info_hash=",
        "http://t.example/announce#top,             http://t.example/announce?info_hash=",
        "HTTPS://[::1]:8443/x/announce.php,         HTTPS://[::1]:8443/x/announce.php?info_hash=",
    })
    void queryIsAddedToWhatTheTorrentGives(String url, String start) throws TrackerException {
        assertThat(TrackerUrl.parse(url).announce(request(1, AnnounceEvent.NONE), "").uri().toString())
                .startsWith(start).doesNotContain("event=").doesNotContain("trackerid=");
    }

    @Test
    void withoutAListenerPortOneIsAnnounced() throws TrackerException {
        assertThat(TrackerUrl.parse("http://t.example/a").announce(request(0, AnnounceEvent.NONE), "").target()).contains("&port=1&");
    }

    @Test
    void version2HashIsCutTo20Bytes() throws TrackerException {
        InfoHash v2 = InfoHash.parse("61".repeat(32));

        assertThat(TrackerUrl.parse("http://t.example/announce").scrape(v2).target()).isEqualTo("/scrape?info_hash=" + "a".repeat(20));
    }

    /** The table of BEP 48. */
    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {
        "http://example.com/announce,           http://example.com/scrape",
        "http://example.com/x/announce,         http://example.com/x/scrape",
        "http://example.com/announce.php,       http://example.com/scrape.php",
        "http://example.com/a,                  none",
        "http://example.com/announce?x2%0644,   http://example.com/scrape?x2%0644",
        "http://example.com/announce?x=2/4,     none",
        "http://example.com/x%064announce,      none",
    })
    void scrapeUrlFollowsTheRule(String announce, String scrape) throws TrackerException {
        assertThat(TrackerUrl.parse(announce).scrapeText().orElse(null)).isEqualTo(scrape);
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://t.example/announce,              discovery.scheme",
        "file:///etc/passwd,                    discovery.scheme",
        "javascript:alert(1),                   discovery.scheme",
        "announce,                              discovery.scheme",
        "http:///announce,                      discovery.url",
        "http:announce,                         discovery.url",
        "http://127.1/announce,                 discovery.url",
        "http://t.example:0/announce,           discovery.url",
        "http://t.example:99999/announce,       discovery.url",
        "http://me:secret@t.example/announce,   discovery.url",
        "http://t.example/an nounce,            discovery.url",
        "http://t\u00e4st.example/announce,     discovery.url",
    })
    void otherAddressesAreRefused(String url, String rule) {
        assertRefused(() -> TrackerUrl.parse(url), rule);
    }

    @Test
    void longAddressIsRefused() {
        assertRefused(() -> TrackerUrl.parse("http://t.example/" + "a".repeat(2048)), "discovery.url");
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example/x/announce?q=1,   /other,                     http://a.example/other",
        "http://a.example/x/announce,       other?z=1,                  http://a.example/x/other?z=1",
        "http://a.example/announce,         https://b.example/announce, https://b.example/announce",
        "https://a.example/announce,        //b.example/y,              https://b.example/y",
    })
    void redirectIsResolvedAgainstWhereItCameFrom(String from, String location, String to) throws TrackerException {
        assertThat(TrackerUrl.parse(from).redirectedTo(location).uri()).hasToString(to);
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example/announce,     file:///etc/passwd,         discovery.scheme",
        "http://a.example/announce,     ftp://a.example/,           discovery.scheme",
        "https://a.example/announce,    http://a.example/announce,  discovery.redirect-downgrade",
        "http://a.example/announce,     http://x y/,                discovery.url",
    })
    void redirectToAnotherKindIsRefused(String from, String location, String rule) throws TrackerException {
        TrackerUrl url = TrackerUrl.parse(from);

        assertRefused(() -> url.redirectedTo(location), rule);
    }

    @Test
    void redirectWithoutLocationIsAFailure() throws TrackerException {
        TrackerUrl url = TrackerUrl.parse("http://a.example/announce");

        assertThatThrownBy(() -> url.redirectedTo("")).isInstanceOf(TrackerException.class).hasMessageContaining("without saying where");
    }

    @Test
    void textForLogsHasNoPassKey() throws TrackerException {
        assertThat(TrackerUrl.parse("http://t.example/secretkey/announce?k=secret")).hasToString("http://t.example:80");
    }

    private static void assertRefused(ThrowingCallable call, String rule) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TrackerException.class,
                e -> assertThat(e.refusal().orElseThrow().rule()).isEqualTo(rule));
    }
}
