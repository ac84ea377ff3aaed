package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.core.engine.WhyFacts.Trackers;
import org.sallyport.core.model.BandwidthState;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.model.Why;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.swarm.SwarmStanding;

class WhyRuleTest {
    private static final BandwidthState STOP = new BandwidthState(BandwidthState.Mode.STOP, "Stopped until 18:00.", 0, 0, 0, 0);
    private static final BandwidthState LIMITED = new BandwidthState(BandwidthState.Mode.RUN, "", 10_000, 0, 0, 0);

    /** A download of which something is changed. */
    private static final class Case {
        private TorrentState state = TorrentState.DOWNLOADING;
        private StorageException.Kind kind = StorageException.Kind.BROKEN;
        private String awaited = "";
        private BandwidthState bandwidth = BandwidthState.FREE;
        private long rate;
        private long limit;
        private long allRate;
        private boolean trustedOnly;
        private boolean otherWays;
        private SwarmStanding peers = new SwarmStanding(0, 0, 0, 0, 10, 10);
        private Trackers trackers = Trackers.NONE;
        private PortState.Kind door = PortState.Kind.OPEN;
        private int blocked;
        private boolean obfuscation;

        private Why why() {
            return WhyRule.of(new WhyFacts(state, state == TorrentState.TROUBLE ? "The disk is full." : "", kind, 3, 42, awaited, bandwidth,
                    rate, limit,
                    allRate, 2048, trustedOnly, otherWays, Optional.of(peers), trackers, door, blocked, obfuscation));
        }

        private static Case in(TorrentState state) {
            Case made = new Case();
            made.state = state;
            return made;
        }

        private static Case trouble(StorageException.Kind kind) {
            Case made = in(TorrentState.TROUBLE);
            made.kind = kind;
            return made;
        }

        private Case peers(int known, int connected, int useful, int willing, int missing, int nowhere) {
            peers = new SwarmStanding(known, connected, useful, willing, missing, nowhere);
            return this;
        }

        private Case trackers(int answering, int asking, String refusal, String failure) {
            trackers = new Trackers(2, answering, asking, refusal, failure);
            return this;
        }

        private Case with(Consumer<Case> change) {
            change.accept(this);
            return this;
        }
    }

    private record Row(String code, Case facts) {
        @Override
        public String toString() {
            return code;
        }
    }

    private static Row row(String code, Case facts) {
        return new Row(code, facts);
    }

    static Stream<Row> causes() {
        return Stream.of(
                row("disk-full", Case.trouble(StorageException.Kind.DISK_FULL)),
                row("files-missing", Case.trouble(StorageException.Kind.MISSING)),
                row("files-changed", Case.trouble(StorageException.Kind.CHANGED)),
                row("folder-denied", Case.trouble(StorageException.Kind.DENIED)),
                row("not-shared", Case.trouble(StorageException.Kind.GATE)),
                row("disk-trouble", Case.trouble(StorageException.Kind.BROKEN).with(c -> c.bandwidth = STOP)),
                row("paused", Case.in(TorrentState.PAUSED).with(c -> c.bandwidth = STOP)),
                row("checking", Case.in(TorrentState.CHECKING)),
                row("stopped-by-plan", Case.in(TorrentState.QUEUED).with(c -> c.bandwidth = STOP)),
                row("stopped-by-plan", new Case().with(c -> c.bandwidth = STOP).with(c -> c.awaited = "tun0")),
                row("queued", Case.in(TorrentState.QUEUED)),
                row("network-away", new Case().with(c -> c.awaited = "tun0").peers(5, 3, 3, 0, 10, 0)),
                row("your-limit", new Case().with(c -> c.rate = 9000).with(c -> c.limit = 10_000)),
                row("your-limit", new Case().with(c -> c.rate = 9000).with(c -> c.allRate = 9500).with(c -> c.bandwidth = LIMITED)),
                row("shared-limit", new Case().with(c -> c.rate = 900).with(c -> c.allRate = 9500).with(c -> c.bandwidth = LIMITED)),
                row("shared-limit", new Case().with(c -> c.rate = 4000).with(c -> c.limit = 8000).with(c -> c.allRate = 9500)
                        .with(c -> c.bandwidth = LIMITED)),
                row("slow-peers", new Case().with(c -> c.rate = 900).with(c -> c.allRate = 900).with(c -> c.bandwidth = LIMITED)),
                row("slow-peers", new Case().with(c -> c.rate = 900).with(c -> c.limit = 10_000)),
                row("no-list", Case.in(TorrentState.METADATA).peers(5, 3, 0, 0, 0, 0)),
                row("nobody-has-it", new Case().peers(5, 3, 0, 0, 10, 10)),
                row("nothing-new", new Case().peers(5, 3, 0, 0, 10, 2)),
                row("everybody-busy", new Case().peers(5, 3, 2, 0, 10, 2)),
                row("silent-peers", new Case().peers(5, 3, 2, 1, 10, 2)),
                row("shared-limit", new Case().peers(5, 3, 2, 1, 10, 2).with(c -> c.allRate = 9500).with(c -> c.bandwidth = LIMITED)),
                row("device-away", new Case().with(c -> c.trustedOnly = true).with(c -> c.blocked = 9)),
                row("blocklisted", new Case().peers(3, 0, 0, 0, 10, 10).with(c -> c.blocked = 4).with(c -> c.obfuscation = true)),
                row("obfuscation-required", new Case().peers(3, 0, 0, 0, 10, 10).with(c -> c.obfuscation = true)),
                row("receive-only", new Case().peers(1, 0, 0, 0, 10, 10).with(c -> c.door = PortState.Kind.RECEIVE_ONLY)),
                row("port-closed", new Case().peers(3, 0, 0, 0, 10, 10).with(c -> c.door = PortState.Kind.BUSY)),
                row("nobody-answers", new Case().peers(3, 0, 0, 0, 10, 10)),
                row("nobody-there", new Case().trackers(1, 1, "no", "no")),
                row("asking", new Case().trackers(0, 1, "no", "no")),
                row("asking", Case.in(TorrentState.METADATA).trackers(0, 1, "", "")),
                row("tracker-refused", new Case().trackers(0, 0, "Not registered", "Timed out").with(c -> c.otherWays = true)),
                row("tracker-fails", new Case().trackers(0, 0, "", "Timed out")),
                row("looking", new Case().with(c -> c.otherWays = true)),
                row("no-source", new Case()));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void eachCauseIsToldWithASentenceAndAnAction(Row row) {
        Why why = row.facts().why();

        assertThat(why.code()).isEqualTo(row.code());
        assertThat(why.sentence()).matches("[A-Z\"].*[.]");
        assertThat(why.action()).matches("[A-Z].*[.]");
    }

    @Test
    void thereAreManyCausesAndEachSaysSomethingElse() {
        Map<String, Why> byCode = new LinkedHashMap<>();
        causes().forEach(row -> byCode.putIfAbsent(row.code(), row.facts().why()));

        assertThat(byCode).hasSizeGreaterThanOrEqualTo(14);
        Set<String> sentences = new HashSet<>();
        byCode.values().stream().filter(why -> !why.sentence().equals("The disk is full."))
                .forEach(why -> assertThat(sentences.add(why.sentence())).isTrue());
    }

    @Test
    void whatATrackerSaysIsPassedOn() {
        assertThat(new Case().trackers(0, 0, "Torrent not registered", "").why().sentence()).endsWith("Torrent not registered.");
        assertThat(new Case().trackers(0, 0, "", "It did not answer within 30 s.").why().sentence()).endsWith("It did not answer within 30 s.");
    }

    @ParameterizedTest
    @EnumSource(value = TorrentState.class, names = {"SEEDING", "FINISHED", "RELEASING"})
    void whatIsCompleteGetsOn(TorrentState state) {
        assertThat(Case.in(state).why()).isEqualTo(Why.FINE);
    }

    @Test
    void whatComesFastEnoughGetsOn() {
        assertThat(new Case().with(c -> c.rate = 50_000).with(c -> c.limit = 100_000).why()).isEqualTo(Why.FINE);
        assertThat(new Case().with(c -> c.rate = 2048).why()).isEqualTo(Why.FINE);
    }
}
