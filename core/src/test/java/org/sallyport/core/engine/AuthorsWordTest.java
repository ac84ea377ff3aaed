package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.done;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.metainfo.Bencode;
import org.sallyport.core.metainfo.BencodeDict;
import org.sallyport.core.metainfo.BencodeLimits;
import org.sallyport.core.model.HeldFile;
import org.sallyport.core.model.PublisherSnapshot;
import org.sallyport.core.model.Verdict.Kind;
import org.sallyport.core.testkit.SignedTorrents;

/** What is downloaded is held against what its author signed, from engine to engine. */
@Timeout(180)
class AuthorsWordTest {
    @TempDir
    private Path temp;

    private TestEngines engines;

    @BeforeEach
    void begin() {
        engines = new TestEngines(temp);
    }

    @AfterEach
    void end() {
        engines.close();
    }

    @Test
    void aFileThatIsNotTheOneThatWasSignedIsHeld() throws Exception {
        Path content = Files.write(temp.resolve("book.txt"), new byte[50_000]);
        Path plain = temp.resolve("plain.torrent");
        Engine seed = engines.start("seed");
        done(seed.create(new CreateRequest(content, plain, 0, List.of(), List.of(), false, ""), progress -> { }));
        Path signed = signedFor(plain, SignedTorrents.sha256("another book".getBytes()));
        done(seed.add(AddRequest.seed(signed, temp)));
        Engine reader = engines.start("reader");

        done(reader.add(AddRequest.download(signed, engines.downloads("reader")).withPeers(List.of(TestEngines.addressOf(seed)))));

        awaitEvent(reader, "file.held");
        await().atMost(TestEngines.SOON).until(() -> !reader.snapshot().quarantine().held().isEmpty());
        HeldFile held = reader.snapshot().quarantine().held().get(0);
        assertThat(held.findings().verdict().kind()).isEqualTo(Kind.SUSPICIOUS);
        assertThat(held.findings().verdict().reason()).contains("the author of the torrent signed");
        assertThat(engines.downloads("reader").resolve("book.txt")).doesNotExist();
        await().atMost(TestEngines.SOON).until(() -> reader.snapshot().quarantine().held().get(0).source()
                .equals("From people on the internet; signed by press (not known yet)"));
        await().atMost(TestEngines.SOON).until(() -> reader.snapshot().torrents().get(0).provenance().line().equals("signed by press (not "
                + "known yet)"));
    }

    @Test
    void theFileThatWasSignedIsReleased() throws Exception {
        Path content = Files.write(temp.resolve("book.txt"), new byte[50_000]);
        Path signed = temp.resolve("signed.torrent");
        Engine seed = engines.start("seed");
        done(seed.publishers().create("Press", "press", PublisherSnapshot.Key.ED25519));
        done(seed.create(new CreateRequest(content, signed, 0, List.of(), List.of(), false, "").signedBy("press", Instant.MAX), progress -> { }));
        done(seed.add(AddRequest.seed(signed, temp)));
        Engine reader = engines.start("reader");

        done(reader.add(AddRequest.download(signed, engines.downloads("reader")).withPeers(List.of(TestEngines.addressOf(seed)))));

        awaitEvent(reader, "torrent.released");
        assertThat(engines.downloads("reader").resolve("book.txt")).hasSameBinaryContentAs(content);
    }

    /** By somebody who states another SHA-256 than that of the file whose pieces fit. */
    private Path signedFor(Path plain, byte[] sha256) throws Exception {
        KeyPair key = SignedTorrents.keyPair("Ed25519");
        byte[] read = Files.readAllBytes(plain);
        BencodeDict torrent = Bencode.decodeDict(read, BencodeLimits.TORRENT);
        Map<String, Object> own = Map.of("sha256", sha256, "x-ed25519", SignedTorrents.raw(key));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key.getPrivate());
        signature.update(read, torrent.rawStart("info"), torrent.rawEnd("info") - torrent.rawStart("info"));
        signature.update(Bencode.encode(own));
        Map<String, Object> entry = Map.of("info", own, "signature", signature.sign());
        return Files.write(temp.resolve("signed.torrent"), Bencode.encode(Map.of("info", torrent.dict("info").orElseThrow(),
                "signatures", Map.of("press", entry))), StandardOpenOption.CREATE_NEW);
    }
}
