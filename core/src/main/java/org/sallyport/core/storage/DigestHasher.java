package org.sallyport.core.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Supplier;

/** One piece after another, with a digest of the JDK or of a provider. */
final class DigestHasher implements PieceHasher {
    private final Supplier<MessageDigest> sha1;

    private record Running(MessageDigest of) implements RunningHash {
        @Override
        public void update(ByteBuffer data) {
            of.update(data);
        }

        @Override
        public byte[] digest() {
            return of.digest();
        }
    }

    DigestHasher(Supplier<MessageDigest> sha1) {
        this.sha1 = sha1;
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public int worthFrom() {
        return 1;
    }

    @Override
    public RunningHash begin() {
        return new Running(sha1.get());
    }

    @Override
    public boolean began(RunningHash hash) {
        return hash instanceof Running;
    }

    @Override
    public void update(List<RunningHash> hashes, List<ByteBuffer> data) {
        for (int i = 0; i < hashes.size(); i++) {
            hashes.get(i).update(data.get(i));
        }
    }
}
