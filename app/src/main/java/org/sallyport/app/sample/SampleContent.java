package org.sallyport.app.sample;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The sample folder: a text, a picture and a tone, all computed here, so that nobody's rights are touched and the same bytes
 * come out everywhere.
 */
final class SampleContent {
    static final String NAME = "Sallyport sample";

    private static final int WIDTH = 1600;
    private static final int HEIGHT = 1000;
    private static final int RATE = 44_100;
    private static final int SECONDS = 60;
    private static final int CHANNELS = 2;
    private static final int SAMPLE_BYTES = 2;
    private static final int WAV_HEADER = 44;
    private static final String TEXT = """
            This is the Sallyport sample.

            These files were made on your computer a moment ago and came to you the way
            every download does: a tracker named a peer, the peer sent pieces, each piece
            was compared with its hash, the files waited in quarantine until all of them
            were there and then were moved to where you found them.

            picture.png  a sunset over the sea, computed
            tone.wav     a chord that swells for a minute

            Nothing of it came from the internet. You can delete this folder.
            """;

    private SampleContent() { }

    /** Writes the folder {@link #NAME} into {@code parent}. @return the folder */
    static Path write(Path parent) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(NAME));
        Files.writeString(folder.resolve("READ ME.txt"), TEXT);
        Files.write(folder.resolve("picture.png"), PngImage.encode(WIDTH, HEIGHT, SampleContent::pixel));
        writeTone(folder.resolve("tone.wav"));
        return folder;
    }

    /** A sky from dark blue to orange, a sun, and waves that carry its light. Integer arithmetic only: the same on every computer. */
    private static int pixel(int x, int y) {
        int horizon = HEIGHT * 3 / 5;
        int dx = x - WIDTH / 2;
        int dy = y - horizon + 40;
        if (y < horizon) {
            if (dx * dx + dy * dy < 120 * 120) {
                return 0xFFE9A8;
            }
            int share = y * 256 / horizon;
            return rgb(40 + share * 200 / 256, 40 + share * 90 / 256, 90 + share * 10 / 256);
        }
        int depth = y - horizon;
        int wave = (x * 7 + depth * depth / 3 + (x * x + depth * 131) % 97) % 64;
        boolean glitter = Math.abs(dx) < 60 + depth && wave < 20;
        int grain = (x * 31 + y * 17 + x * y) & 15;
        return glitter ? rgb(230 - depth / 4, 170 - depth / 4 + grain, 110 + grain) : rgb(30 + grain, 50 + wave / 2, 90 + wave / 2);
    }

    private static int rgb(int red, int green, int blue) {
        return clamp(red) << 16 | clamp(green) << 8 | clamp(blue);
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }

    /** RIFF WAVE, 16-bit stereo PCM: three triangle waves that swell and fade. */
    private static void writeTone(Path file) throws IOException {
        int dataBytes = RATE * SECONDS * CHANNELS * SAMPLE_BYTES;
        ByteBuffer header = ByteBuffer.allocate(WAV_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(dataBytes + WAV_HEADER - 8);
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1).putShort((short) CHANNELS);
        header.putInt(RATE).putInt(RATE * CHANNELS * SAMPLE_BYTES).putShort((short) (CHANNELS * SAMPLE_BYTES)).putShort((short) (SAMPLE_BYTES * 8));
        header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataBytes);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write(header.array());
            byte[] frame = new byte[CHANNELS * SAMPLE_BYTES];
            ByteBuffer samples = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < RATE * SECONDS; i++) {
                int half = RATE * SECONDS / 2;
                long loudness = 6000L * (half - Math.abs(i - half)) / half;
                samples.putShort(0, (short) (loudness * (triangle(i, 220) + triangle(i, 277)) / 2000));
                samples.putShort(SAMPLE_BYTES, (short) (loudness * (triangle(i, 220) + triangle(i, 330)) / 2000));
                out.write(frame);
            }
        }
    }

    /** −1000..1000 at {@code frequency} Hz. */
    private static int triangle(int i, int frequency) {
        int phase = (int) ((long) i * frequency % RATE * 4000 / RATE);
        return phase < 2000 ? phase - 1000 : 3000 - phase;
    }
}
