package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sallyport.core.discovery.DhtNetwork.Member;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;

class DhtTest {
    private static final InfoHash HASH = InfoHash.parse("0123456789abcdef0123456789abcdef01234567");

    private final DhtNetwork network = new DhtNetwork();

    @Test
    void whoJoinsIsFoundByWhoLooksThroughManyNodes() {
        List<Member> crowd = network.crowd(60);
        List<PeerAddress> found = new ArrayList<>();
        crowd.get(3).dht.join(HASH, peers -> { });
        network.pass(Duration.ofSeconds(10));

        crowd.get(50).dht.find(HASH, found::addAll);
        network.pass(Duration.ofSeconds(10));

        assertThat(found).containsExactly(crowd.get(3).address);
    }

    @Test
    void twoOfThreeNodesFindEachOther() {
        Member router = network.member("10.0.0.1:7000").start();
        Member one = network.member("10.0.0.2:7000").start("10.0.0.1:7000");
        Member other = network.member("10.0.0.3:7000").start("10.0.0.1:7000");
        List<PeerAddress> foundByOne = new ArrayList<>();
        List<PeerAddress> foundByOther = new ArrayList<>();

        PeerFinder.Search search = one.dht.join(HASH, foundByOne::addAll);
        network.pass(Duration.ofMinutes(1));
        other.dht.join(HASH, foundByOther::addAll);
        network.pass(Duration.ofSeconds(30));
        search.again();
        network.pass(Duration.ofMinutes(1));

        assertThat(foundByOther).contains(one.address);
        assertThat(foundByOne).contains(other.address);
        assertThat(router.dht.nodes()).isEqualTo(2);
    }

    @Test
    void aSearchBeginsWhenThereIsANode() {
        Member router = network.member("10.0.0.1:7000").start();
        Member one = network.member("10.0.0.2:7000").start();
        one.dht.join(HASH, peers -> { });
        network.pass(Duration.ofMinutes(3));
        assertThat(one.dht.nodes()).isZero();

        one.dht.hint(router.address);
        network.pass(Duration.ofSeconds(30));

        assertThat(peersAt(router)).containsExactly(one.address);
    }

    @Test
    void namesOfNodesAreLookedUpUntilSomebodyIsThere() {
        Member router = network.member("10.0.0.1:7000").start();
        Member one = network.member("10.0.0.2:7000").start("nobody.example:1", "router.example:7000");
        network.pass(Duration.ofSeconds(30));
        assertThat(one.dht.nodes()).isZero();

        network.name("router.example", "10.0.0.1");
        network.pass(Duration.ofMinutes(5));

        assertThat(one.dht.nodes()).isEqualTo(1);
        assertThat(router.dht.nodes()).isEqualTo(1);
    }

    @Test
    void whoLooksOnlyIsNotFound() {
        Member router = network.member("10.0.0.1:7000").start();
        Member one = network.member("10.0.0.2:7000").start("10.0.0.1:7000");

        one.dht.find(HASH, peers -> { });
        network.pass(Duration.ofMinutes(1));

        assertThat(peersAt(router)).isEmpty();
    }

    /** BEP 43. */
    @Test
    void whoCannotBeReachedAsksAndIsNeitherKeptNorFound() {
        Member router = network.member("10.0.0.1:7000").start();
        Member seed = network.member("10.0.0.2:7000").start("10.0.0.1:7000");
        seed.dht.join(HASH, peers -> { });
        network.pass(Duration.ofSeconds(30));
        Member silent = network.member("10.0.0.3:7000");
        silent.reachable = false;
        List<PeerAddress> found = new ArrayList<>();

        silent.start("10.0.0.1:7000").dht.join(HASH, found::addAll);
        network.pass(Duration.ofMinutes(1));

        assertThat(found).containsExactly(seed.address);
        assertThat(router.dht.nodes()).isEqualTo(1);
        assertThat(peersAt(router)).containsExactly(seed.address);
    }

    @Test
    void aClosedSearchFindsNothingMore() {
        List<Member> crowd = network.crowd(5);
        List<PeerAddress> found = new ArrayList<>();
        PeerFinder.Search search = crowd.get(1).dht.find(HASH, found::addAll);
        search.close();

        crowd.get(2).dht.join(HASH, peers -> { });
        network.pass(Duration.ofHours(1));

        assertThat(found).isEmpty();
    }

    @Test
    void aSearchComesAgainWithoutBeingAsked() {
        List<Member> crowd = network.crowd(5);
        List<PeerAddress> found = new ArrayList<>();
        crowd.get(1).dht.find(HASH, found::addAll);
        network.pass(Duration.ofMinutes(1));

        crowd.get(2).dht.join(HASH, peers -> { });
        network.pass(Duration.ofMinutes(17));

        assertThat(found).contains(crowd.get(2).address);
    }

    @Test
    void whatWasSavedIsEnoughToBegin() {
        List<Member> crowd = network.crowd(10);
        byte[] saved = crowd.get(4).dht.saved();
        crowd.get(4).dht.stop();
        assertThat(crowd.get(4).dht.isOn()).isFalse();

        Member again = network.member("10.9.9.9:7000");
        again.dht.start(List.of(), saved);
        network.pass(Duration.ofMinutes(1));

        assertThat(again.dht.nodes()).isGreaterThanOrEqualTo(8);
    }

    @Test
    void aSavedTableThatIsNoneIsIgnored() {
        byte[] noise = new byte[2000];
        new Random(1).nextBytes(noise);
        for (byte[] saved : List.of(noise, new byte[0], "de".getBytes(), "d5:nodes3:abce".getBytes(), "d2:idi1ee".getBytes(), new byte[1 << 20])) {
            Member member = network.member("10.0.0.9:7000");
            member.dht.start(List.of(), saved);
            network.pass(Duration.ofSeconds(10));
            assertThat(member.dht.isOn()).isTrue();
            assertThat(member.dht.nodes()).isZero();
            member.dht.stop();
        }
    }

    @Test
    void nodesThatLeftAreForgottenAndThoseThatCameBackAreFoundAgain() {
        List<Member> crowd = network.crowd(6);
        Member one = crowd.get(0);
        crowd.subList(1, 6).forEach(member -> member.dht.stop());
        network.pass(Duration.ofMinutes(60));
        assertThat(one.dht.nodes()).isZero();

        crowd.subList(1, 6).forEach(Member::start);
        network.pass(Duration.ofMinutes(15));

        assertThat(one.dht.nodes()).isPositive();
    }

    /** BEP 42. */
    @Test
    void ourIdFollowsFromTheAddressWhereOthersSeeUs() {
        List<Member> routers = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            routers.add(network.member("80.1." + i + ".1:7000").start());
        }
        Member one = network.member("90.2.3.4:7000");
        assertThat(NodeIdRule.fits(idOf(one), one.address.host())).isFalse();

        one.start(routers.stream().map(router -> router.address.toString()).toArray(String[]::new));
        network.pass(Duration.ofMinutes(2));

        assertThat(NodeIdRule.fits(idOf(one), one.address.host())).isTrue();
        assertThat(one.dht.nodes()).isEqualTo(6);
    }

    @Test
    void aTableOfIpv6BeginsWithWhatOneOfIpv4Knows() {
        Member router = network.member("10.0.0.1:7000").start();
        Member six = network.member("[fd00::6]:7000").start();
        router.dht.hint(six.address);
        network.pass(Duration.ofSeconds(30));

        Member one = network.member("10.0.0.2:7000").start("10.0.0.1:7000");
        network.pass(Duration.ofMinutes(1));

        assertThat(DhtNotes.read(one.dht.saved()).nodes().stream().map(NodeContact::address)).contains(six.address);
    }

    private static NodeId idOf(Member member) {
        return DhtNotes.read(member.dht.saved()).self4().orElseThrow();
    }

    private List<PeerAddress> peersAt(Member member) {
        DhtNetwork.Stranger stranger = network.new Stranger("10.200.0.1:9000");
        stranger.say(member, DhtMessages.getPeers("aa", DhtMessages.ID, HASH, true));
        return stranger.answers().get(0).dict("r").orElseThrow().list("values").map(values -> {
            List<PeerAddress> peers = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                peers.add(CompactNodes.address(values.bytes(i).orElseThrow()).orElseThrow());
            }
            return peers;
        }).orElse(List.of());
    }
}
