package org.sallyport.core.discovery;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpMessageParserFactory;
import org.apache.hc.core5.http.io.HttpTransportMetrics;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;

/** Bounds the header of one answer as a whole; HttpClient itself bounds only single lines and their number. */
final class HeaderBudget implements HttpMessageParserFactory<ClassicHttpResponse> {
    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_LINE = 8 * 1024;
    private static final int MAX_HEADERS = 100;

    static final Http1Config LINES = Http1Config.custom()
            .setMaxLineLength(MAX_LINE).setMaxHeaderCount(MAX_HEADERS).setMaxEmptyLineCount(10).build();

    @Override
    public HttpMessageParser<ClassicHttpResponse> create(Http1Config config) {
        return new DefaultHttpResponseParser(LINES) {
            @Override
            public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in) throws IOException, HttpException {
                return super.parse(new CountedLines(buffer), in);
            }
        };
    }

    /** Counts the lines read through it; everything else passes. */
    private static final class CountedLines implements SessionInputBuffer {
        private final SessionInputBuffer source;
        private int read;

        CountedLines(SessionInputBuffer source) {
            this.source = source;
        }

        @Override
        public int readLine(CharArrayBuffer line, InputStream in) throws IOException {
            int count = source.readLine(line, in);
            read += Math.max(0, count) + 2;
            if (read > MAX_BYTES) {
                throw new MessageConstraintException("header of more than " + MAX_BYTES + " bytes");
            }
            return count;
        }

        @Override
        public int length() {
            return source.length();
        }

        @Override
        public int capacity() {
            return source.capacity();
        }

        @Override
        public int available() {
            return source.available();
        }

        @Override
        public int read(byte[] b, int off, int len, InputStream in) throws IOException {
            return source.read(b, off, len, in);
        }

        @Override
        public int read(byte[] b, InputStream in) throws IOException {
            return source.read(b, in);
        }

        @Override
        public int read(InputStream in) throws IOException {
            return source.read(in);
        }

        @Override
        public HttpTransportMetrics getMetrics() {
            return source.getMetrics();
        }
    }
}
