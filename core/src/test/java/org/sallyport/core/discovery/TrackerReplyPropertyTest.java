package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;

@Tag("hostile")
class TrackerReplyPropertyTest {
    private static final InfoHash HASH = InfoHash.parse("61".repeat(20));

    @Property
    void randomBytesGiveAnAnswerOrATrackerException(@ForAll byte[] body) {
        survives(body);
    }

    @Property
    void dictionariesOfAnyTypesGiveAnAnswerOrATrackerException(@ForAll("answers") Map<String, Object> answer) {
        survives(Bencode.encode(answer));
    }

    @Property
    void flippedBytesOfARealAnswerGiveAnAnswerOrATrackerException(
            @ForAll @Size(max = 6) List<@IntRange(max = 10_000) Integer> places, @ForAll byte value) {
        byte[] body = ("d8:completei1e5:filesd20:" + "a".repeat(20) + "d8:completei1eee10:incompletei2e8:intervali1800e"
                + "12:min intervali60e5:peersld2:ip8:10.0.0.14:porti6881eee6:peers618:aaaaaaaaaaaaaaaaaae").getBytes(StandardCharsets.ISO_8859_1);
        places.forEach(place -> body[place % body.length] = value);
        survives(body);
    }

    @Provide
    Arbitrary<Map<String, Object>> answers() {
        Arbitrary<String> keys = Arbitraries.of("interval", "min interval", "complete", "incomplete", "downloaded", "peers", "peers6",
                "warning message", "tracker id", "files", "port", "ip", HASH.shortHex(), "a".repeat(20));
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                Arbitraries.longs().map(v -> (Object) v),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60).map(v -> (Object) v),
                Arbitraries.strings().ofMaxLength(20).map(v -> (Object) v));
        Arbitrary<Object> values = Arbitraries.lazyOf(
                () -> leaves,
                () -> leaves.list().ofMaxSize(4).map(v -> (Object) v),
                () -> Arbitraries.maps(keys, leaves).ofMaxSize(4).map(v -> (Object) v),
                () -> Arbitraries.maps(keys, leaves).ofMaxSize(4).list().ofMaxSize(4).map(v -> (Object) v));
        return Arbitraries.maps(keys, values).ofMaxSize(8);
    }

    private static void survives(byte[] raw) {
        Bytes body = Bytes.copyOf(raw);
        try {
            AnnounceResponse answer = TrackerReply.announce(body);
            assertThat(answer.peers()).hasSizeLessThanOrEqualTo(AnnounceResponse.MAX_PEERS);
            assertThat(answer.interval()).isBetween(AnnounceResponse.SHORTEST_INTERVAL, AnnounceResponse.LONGEST_INTERVAL);
        } catch (TrackerException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        try {
            TrackerReply.scrape(body, HASH);
        } catch (TrackerException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
