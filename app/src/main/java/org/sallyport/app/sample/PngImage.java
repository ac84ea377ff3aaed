package org.sallyport.app.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** A true-colour PNG (RFC 2083) without loading AWT for it. */
final class PngImage {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int HEADER_BYTES = 13;

    private PngImage() { }

    /** The colour of a pixel. */
    @FunctionalInterface
    interface Pixels {
        /** @return {@code 0xRRGGBB} */
        int at(int x, int y);
    }

    static byte[] encode(int width, int height, Pixels pixels) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        // 8 bits per sample, colour type 2 (RGB), the only compression and filter method, no interlace
        chunk(png, "IHDR", ByteBuffer.allocate(HEADER_BYTES).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0}).array());
        chunk(png, "IDAT", deflate(width, height, pixels));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static byte[] deflate(int width, int height, Pixels pixels) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        Deflater fastest = new Deflater(Deflater.NO_COMPRESSION);
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed, fastest, 1 << 16)) {
            byte[] row = new byte[1 + 3 * width];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int rgb = pixels.at(x, y);
                    row[1 + 3 * x] = (byte) (rgb >> 16);
                    row[2 + 3 * x] = (byte) (rgb >> 8);
                    row[3 + 3 * x] = (byte) rgb;
                }
                out.write(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            fastest.end();
        }
        return compressed.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        png.writeBytes(name);
        png.writeBytes(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
