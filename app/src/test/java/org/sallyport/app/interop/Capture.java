package org.sallyport.app.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Everything that passes the network of one host, from the start of the capture to its end. */
final class Capture {

    private final Program program;

    private Capture(Program program) {
        this.program = program;
    }

    /** @param secrets bytes that are looked for, by name */
    static Capture start(Scene scene, Host host, String name, Map<String, byte[]> secrets) {
        List<Object> arguments = new ArrayList<>(List.of("eth0"));
        secrets.forEach((secret, bytes) -> arguments.add(secret + "=" + HexFormat.of().formatHex(bytes)));
        Program program = scene.script(host, name, "capture.py", arguments.toArray());
        Waiting.until(name + " listens", Duration.ofSeconds(10), () -> program.lines().contains("up"));
        return new Capture(program);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Ends it. @param remotes addresses with which something was exchanged @param found names of the secrets that passed in clear */
    Seen end() {
        program.send("end");
        if (program.exitCode(Duration.ofSeconds(60)) != 0) {
            throw new AssertionError(program.tail());
        }
        JsonNode report = SallyportRun.parse(List.of(program.lines().get(1))).get(0);
        List<Stream> streams = StreamSupport.stream(report.get("streams").spliterator(), false).map(stream -> new Stream(
                stream.get("from").asText(), stream.get("to").asText(), stream.get("bytes").asLong(), stream.get("whole").asBoolean(),
                stream.get("first").asText(), texts(stream.get("tls")), texts(stream.get("holds")))).toList();
        return new Seen(texts(report.get("remotes")), texts(report.get("found")), texts(report.get("datagrams")),
                texts(report.get("inDatagrams")), streams);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }

    /**
     * What was seen.
     *
     * @param datagrams the UDP that went out, {@code FROM_PORT to ADDRESS:PORT}, each once @param inDatagrams names of the secrets in those
     */
    record Seen(List<String> remotes, List<String> found, List<String> datagrams, List<String> inDatagrams, List<Stream> streams) { }

    /**
     * One direction of one TCP connection.
     *
     * @param whole no byte is missing from the capture @param first the first 20 bytes in hex
     * @param tls   types of its TLS records; empty if it is anything else, or nothing @param holds names of the secrets in it
     */
    record Stream(String from, String to, long bytes, boolean whole, String first, List<String> tls, List<String> holds) { }
}
