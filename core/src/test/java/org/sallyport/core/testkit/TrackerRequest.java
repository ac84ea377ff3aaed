package org.sallyport.core.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** One HTTP request as it arrived: the raw target and the header lines. */
public record TrackerRequest(InetAddress from, String path, String query, List<String> headers) {
    private static final int MAX_HEAD = 64 * 1024;

    static TrackerRequest read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            // 0x16: somebody speaks TLS to a plain server and would wait for our answer
            if (b < 0 || b == 0x16 || head.size() > MAX_HEAD) {
                throw new EOFException("no request");
            }
            head.write(b);
        }
        List<String> lines = head.toString(StandardCharsets.ISO_8859_1).lines().filter(line -> !line.isEmpty()).toList();
        String target = lines.get(0).split(" ")[1];
        int mark = target.indexOf('?');
        return new TrackerRequest(socket.getInetAddress(), mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? "" : target.substring(mark + 1), lines.subList(1, lines.size()));
    }

    /** The value of a header; empty when it was not sent. */
    public Optional<String> header(String name) {
        return headers.stream().filter(h -> h.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(h -> h.substring(name.length() + 1).strip()).findFirst();
    }

    /** A parameter as it stands in the query, still percent-encoded; empty text when it is missing. */
    public String raw(String parameter) {
        for (String pair : query.split("&")) {
            if (pair.startsWith(parameter + "=")) {
                return pair.substring(parameter.length() + 1);
            }
        }
        return "";
    }

    /** The bytes of a parameter. */
    public byte[] bytes(String parameter) {
        String raw = raw(parameter);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '%') {
                decoded.write(HexFormat.fromHexDigits(raw, i + 1, i + 3));
                i += 2;
            } else {
                decoded.write(raw.charAt(i));
            }
        }
        return decoded.toByteArray();
    }

    public String text(String parameter) {
        return new String(bytes(parameter), StandardCharsets.ISO_8859_1);
    }

    public long number(String parameter) {
        return Long.parseLong(raw(parameter));
    }
}
