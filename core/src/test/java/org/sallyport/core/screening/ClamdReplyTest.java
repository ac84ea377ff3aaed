package org.sallyport.core.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.testkit.RealClamd;

class ClamdReplyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "stream: OK | CLEAN | ''",
        "stream: Win.Test.EICAR_HDB-1 FOUND | FOUND | Win.Test.EICAR_HDB-1",
        "stream: Win.Test.EICAR_HDB-1(44d88612fea8a8f36de82e1278abb02f:68) FOUND | FOUND | Win.Test.EICAR_HDB-1",
        "stream(127.0.0.1@5): Eicar FOUND | FOUND | Eicar",
        "stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND | LIMITS | Heuristics.Limits.Exceeded.MaxFileSize",
        "stream: Heuristics.Encrypted.Zip FOUND | ENCRYPTED | Heuristics.Encrypted.Zip",
        "INSTREAM size limit exceeded. ERROR | TOO_LONG | ''",
        "stream: OK FOUND | FOUND | OK",
        "stream: Can't allocate memory ERROR | ERROR | stream: Can't allocate memory ERROR",
        "stream: ok | ERROR | stream: ok",
        "stream: OK ERROR | ERROR | stream: OK ERROR",
        "file: OK | ERROR | file: OK",
        "' stream: OK' | ERROR | stream: OK",
        "'' | ERROR | ''",
        "UNKNOWN COMMAND | ERROR | UNKNOWN COMMAND"})
    void isReadAsWhatItSays(String reply, ClamdReply.Kind kind, String text) {
        assertThat(ClamdReply.parse(reply)).isEqualTo(new ClamdReply(kind, text));
    }

    @Property
    void onlyOneReplyIsClean(@ForAll String reply) {
        ClamdReply parsed = ClamdReply.parse(reply);

        assertThat(parsed.kind() == ClamdReply.Kind.CLEAN).isEqualTo(reply.equals("stream: OK"));
        assertThat(parsed.text()).hasSizeLessThan(130).matches("[\\x20-\\x7e…]*");
        assertThat(ClamdReply.parse("stream: " + reply + " FOUND").kind()).isIn(ClamdReply.Kind.FOUND, ClamdReply.Kind.LIMITS,
                ClamdReply.Kind.ENCRYPTED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ClamAV 1.4.6/27000/Sat Nov 21 20:28:49 2026 | ClamAV 1.4.6 | 27000 | 2026-11-21T20:28:49Z",
        "ClamAV 1.4.6/27000/Sun Nov  1 00:00:01 2026 | ClamAV 1.4.6 | 27000 | 2026-11-01T00:00:01Z",
        "ClamAV 0.103.9/26999/Thu Jan  1 08:00:00 2026 | ClamAV 0.103.9 | 26999 | 2026-01-01T08:00:00Z",
        "ClamAV 1.5.0-beta/1/yesterday | ClamAV 1.5.0-beta | 1 | 1970-01-01T00:00:00Z",
        "ClamAV 1.4.6 | ClamAV 1.4.6 | '' | 1970-01-01T00:00:00Z"})
    void versionTellsTheAgeOfTheDefinitions(String reply, String engine, String definitions, Instant at) throws Exception {
        assertThat(ClamdReply.version(reply, ZoneOffset.UTC)).isEqualTo(new ClamdReply.Version(engine, definitions, at));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SSH-2.0-OpenSSH_9.2", "ClamAV", "ClamAV 1.4.6/", "UNKNOWN COMMAND", "ClamAV 1\n.4"})
    void whatDoesNotNameItselfIsNotClamav(String reply) {
        assertThatThrownBy(() -> ClamdReply.version(reply, ZoneOffset.UTC)).isInstanceOf(ClamdException.class);
    }

    @Property
    void anyVersionIsReadOrRefused(@ForAll String text) {
        try {
            assertThat(ClamdReply.version("ClamAV 1.0/1/" + text, ZoneOffset.UTC).engine()).isEqualTo("ClamAV 1.0");
        } catch (ClamdException e) {
            assertThat(e).hasMessageContaining("does not name itself");
        }
    }

    @Test
    void theHarmlessTestFileIsTheRealOne() {
        assertThat(HarmlessTestFile.bytes()).hasSize(68).isEqualTo(RealClamd.eicar());
    }
}
