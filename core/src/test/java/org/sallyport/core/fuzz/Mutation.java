package org.sallyport.core.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One edit of an input.
 *
 * @param kind  modulo the number of kinds
 * @param place modulo the length of the input
 * @param value a byte, or which of the telling pieces
 * @param size  bytes cut out, doubled or written over
 */
record Mutation(int kind, int place, int value, int size) {
    /** What means something to one reader or another: numbers at bounds, brackets, names, frames. */
    private static final List<String> TELLING = List.of("d", "l", "e", "i-1e", "i0e", "i9223372036854775807e", "i9223372036854775808e",
            "i2147483648e", "0:", "1:a", "2147483647:", "99999999999:", "4:info", "5:piece", "10:total_size", "8:interval", "5:peers", "6:length",
            "4:path", "l".repeat(40), "d1:a".repeat(20), "\u00ff\u00ff\u00ff\u00ff", "\u0000\u0000\u0000\u0000", "\u007f\u00ff\u00ff\u00ff",
            "\u0080\u0000\u0000\u0000", "\u0000\u0002\u0000\u0001", "..", "/", "%", "%00",
            "&", "=", "-", "\r\n", "\\", "\u00c0\u00c0", "1".repeat(30), "a".repeat(70), "\u00e2\u0080\u00ae", "0-99998,", "NaN",
            "\u00ed\u00a0\u0080");

    byte[] apply(byte[] in) {
        int at = in.length == 0 ? 0 : Math.floorMod(place, in.length + 1);
        int end = Math.min(in.length, at + Math.floorMod(size, 40) + 1);
        byte[] telling = TELLING.get(Math.floorMod(value, TELLING.size())).getBytes(StandardCharsets.ISO_8859_1);
        return switch (Math.floorMod(kind, 7)) {
            case 0 -> joined(part(in, 0, at), new byte[] {(byte) value}, part(in, Math.min(in.length, at + 1), in.length));
            case 1 -> joined(part(in, 0, at), new byte[] {(byte) value}, part(in, at, in.length));
            case 2 -> joined(part(in, 0, at), part(in, end, in.length));
            case 3 -> part(in, 0, at);
            case 4 -> joined(part(in, 0, end), part(in, at, in.length));
            case 5 -> joined(part(in, 0, at), telling, part(in, at, in.length));
            default -> joined(part(in, 0, at), telling, part(in, Math.min(in.length, at + telling.length), in.length));
        };
    }

    private static byte[] part(byte[] in, int from, int to) {
        byte[] part = new byte[to - from];
        System.arraycopy(in, from, part, 0, part.length);
        return part;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
