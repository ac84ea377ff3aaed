package org.sallyport.core.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.sallyport.core.model.Bytes;

/**
 * One reader of bytes that others send, to be tried with anything.
 *
 * @param name    lower case with hyphens; unique
 * @param samples right ones, from which wrong ones are made
 */
public record FuzzTarget(String name, List<Bytes> samples, Check check) {
    public FuzzTarget {
        samples = List.copyOf(samples);
    }

    /** Hands the bytes to the reader, passes over what it declares as a refusal, and holds what it made of them to its bounds. */
    @FunctionalInterface
    public interface Check {
        void take(byte[] bytes) throws Exception;
    }

    /** @param samples one character a byte */
    public static FuzzTarget of(String name, Check check, String... samples) {
        return new FuzzTarget(name, List.of(samples).stream().map(text -> Bytes.copyOf(text.getBytes(StandardCharsets.ISO_8859_1))).toList(), check);
    }

    /** With more samples. */
    public FuzzTarget and(byte[]... more) {
        List<Bytes> all = new ArrayList<>(samples);
        for (byte[] sample : more) {
            all.add(Bytes.copyOf(sample));
        }
        return new FuzzTarget(name, all, check);
    }

    @Override
    public String toString() {
        return name;
    }
}
