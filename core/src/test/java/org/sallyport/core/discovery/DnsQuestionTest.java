package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.testkit.Addresses;

class DnsQuestionTest {
    private static final String POINTER = "c00c";
    private static final String A = "0001 0001 00000e10 0004 ";
    private static final String AAAA = "001c 0001 00000e10 0010 ";
    private static final String CNAME = "0005 0001 00000e10 000b 05 6f74686572 03 6f7267 00 ";

    private static DnsQuestion question() {
        return question(false);
    }

    private static DnsQuestion question(boolean ipv6) {
        try {
            return DnsQuestion.of(0x1234, "tracker.org", ipv6);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** A reply to the question, as a server sends it. @param flags two bytes in hex @param answers how many it says it has @param rest in hex */
    private static Bytes reply(DnsQuestion question, String flags, int answers, String rest) {
        byte[] head = question.message().toArray();
        byte[] two = hex(flags);
        head[2] = two[0];
        head[3] = two[1];
        head[6] = (byte) (answers >> 8);
        head[7] = (byte) answers;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head);
        all.writeBytes(hex(rest));
        return Bytes.copyOf(all.toByteArray());
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    @Test
    void theQuestionIsAsInTheStandard() {
        assertThat(question().message()).isEqualTo(Bytes.copyOf(hex("1234 0100 0001 0000 0000 0000 07 747261636b6572 03 6f7267 00 0001 0001")));
        assertThat(question(true).message().toArray()).endsWith(hex("001c 0001"));
    }

    @Test
    void namesInOtherScriptsAreAskedInAscii() throws Exception {
        assertThat(DnsQuestion.of(1, "bücher.example", false).message()).isEqualTo(DnsQuestion.of(1, "xn--bcher-kva.example", false).message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a..b", ".a",
        "0123456789012345678901234567890123456789012345678901234567890123.org",
        "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z."
            + "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z."
            + "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z"})
    void whatCannotBeANameIsNotAsked(String host) {
        assertThatThrownBy(() -> DnsQuestion.of(1, host, false)).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void addressesOfTheKindThatWasAskedAreTaken() throws Exception {
        String answers = POINTER + CNAME + POINTER + A + "cb007105" + "05 6f74686572 c014" + A + "cb007106"
                + POINTER + AAAA + "20010db8000000000000000000000005";

        assertThat(question().addresses(reply(question(), "8180", 4, answers)))
                .containsExactly(Addresses.of("203.0.113.5"), Addresses.of("203.0.113.6"));
        assertThat(question(true).addresses(reply(question(true), "8180", 4, answers))).containsExactly(Addresses.of("2001:db8::5"));
    }

    @ParameterizedTest
    @CsvSource({"8183, there is no such name", "8182, the name server could not tell", "8185, the name server could not tell"})
    void whatTheServerSaysIsTold(String flags, String sentence) {
        assertThatThrownBy(() -> question().addresses(reply(question(), flags, 0, ""))).isInstanceOf(UnknownHostException.class).hasMessage(sentence);
    }

    @Test
    void aNameWithoutSuchAddressesHasNone() throws Exception {
        assertThat(question().addresses(reply(question(), "8180", 0, ""))).isEmpty();
        assertThat(question().addresses(reply(question(), "8180", 1, POINTER + "0001 0001 00000e10 0003 010203"))).isEmpty();
        assertThat(question().addresses(reply(question(), "8180", 1, POINTER + "0001 0003 00000e10 0004 01020304"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c0", "c00c 0001", "3f 61", "c00c 0001 0001 00000e10 ffff 01"})
    void aDamagedAnswerIsSaid(String rest) {
        assertThatThrownBy(() -> question().addresses(reply(question(), "8180", 1, rest))).isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void whatFitIntoACutOffAnswerIsTaken() throws Exception {
        assertThat(question().addresses(reply(question(), "8380", 9, POINTER + A + "cb007105" + "c00c 0001")))
                .containsExactly(Addresses.of("203.0.113.5"));
    }

    @Test
    void manyAddressesAreTooMany() throws Exception {
        assertThat(question().addresses(reply(question(), "8180", 500, (POINTER + A + "cb007105").repeat(500)))).hasSize(16);
    }

    @Test
    void onlyAReplyToThisQuestionIsAnAnswer() throws Exception {
        assertThat(question().isAnsweredBy(reply(question(), "8180", 0, ""))).isTrue();
        assertThat(question().isAnsweredBy(question().message())).as("the question itself").isFalse();
        assertThat(question().isAnsweredBy(Bytes.EMPTY)).isFalse();
        assertThat(question().isAnsweredBy(reply(question(true), "8180", 0, ""))).as("another kind").isFalse();
        assertThat(question().isAnsweredBy(reply(DnsQuestion.of(0x1235, "tracker.org", false), "8180", 0, ""))).as("another number").isFalse();
        assertThat(question().isAnsweredBy(reply(DnsQuestion.of(0x1234, "trackes.org", false), "8180", 0, ""))).as("another name").isFalse();
    }

    @Property(tries = 2000)
    void noBytesDoMoreThanEndTheLookUp(@ForAll byte[] rest, @ForAll @IntRange(max = 0xffff) int answers, @ForAll boolean ipv6) {
        DnsQuestion question = question(ipv6);
        Bytes reply = reply(question, "8180", answers, HexFormat.of().formatHex(rest));
        assertThat(question.isAnsweredBy(reply)).isTrue();
        try {
            List<InetAddress> found = question.addresses(reply);
            assertThat(found).hasSizeLessThanOrEqualTo(16);
        } catch (UnknownHostException e) {
            assertThat(e).hasMessageContaining("damaged");
        }
    }

    @Property(tries = 1000)
    void anyDatagramIsAnAnswerOrNot(@ForAll byte[] datagram) {
        assertThat(question().isAnsweredBy(Bytes.copyOf(datagram))).isFalse();
    }
}
