package org.sallyport.core.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** Ways in which a {@link TestTracker} can answer to hurt its client. The endless ones end when the client hangs up. */
public enum Mischief {
    /** A body without end, of no announced length. */
    ENDLESS_BODY {
        @Override
        void commit(OutputStream out, String self) throws IOException {
            write(out, "HTTP/1.1 200 OK\r\n\r\nd8:intervali1800e5:peers99999999:");
            forever(out, new byte[64 * 1024]);
        }
    },
    /** The same in chunks. */
    ENDLESS_CHUNKS {
        @Override
        void commit(OutputStream out, String self) throws IOException {
            write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            forever(out, ("1000\r\n" + "x".repeat(0x1000) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
    },
    /** 16 MiB of zeros in 16 KiB, called gzip. */
    GZIP_BOMB {
        @Override
        void commit(OutputStream out, String self) throws IOException {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                for (int i = 0; i < 16; i++) {
                    gzip.write(new byte[1 << 20]);
                }
            }
            write(out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n");
            out.write(packed.toByteArray());
        }
    },
    /** Header lines without end, each of modest length. */
    HEADER_FLOOD {
        @Override
        void commit(OutputStream out, String self) throws IOException {
            write(out, "HTTP/1.1 200 OK\r\n");
            forever(out, ("X-Flood: " + "y".repeat(400) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
    },
    /** One header line without end. */
    LONG_LINE {
        @Override
        void commit(OutputStream out, String self) throws IOException {
            write(out, "HTTP/1.1 200 OK\r\nX-Flood: ");
            forever(out, "y".repeat(4096).getBytes(StandardCharsets.ISO_8859_1));
        }
    },
    /** Body byte by byte, each too soon for a read timeout. */
    DRIP_BODY {
        @Override
        void commit(OutputStream out, String self) throws IOException {
            write(out, "HTTP/1.1 200 OK\r\n\r\n");
            drip(out);
        }
    },
    /** The same within the header. */
    DRIP_HEADER {
        @Override
        void commit(OutputStream out, String self) throws IOException {
            write(out, "HTTP/1.1 200 OK\r\nX-Slow: ");
            drip(out);
        }
    },
    /** Interim answers without end. */
    ENDLESS_CONTINUE {
        @Override
        void commit(OutputStream out, String self) throws IOException {
            forever(out, "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
    },
    /** Redirects to itself. */
    REDIRECT_LOOP {
        @Override
        void commit(OutputStream out, String self) throws IOException {
            write(out, "HTTP/1.1 302 Found\r\nLocation: " + self + "\r\nContent-Length: 0\r\n\r\n");
        }
    },
    /** A web page, as a captive portal shows it. */
    HTML {
        @Override
        void commit(OutputStream out, String self) throws IOException {
            write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!DOCTYPE html><html><body>Welcome</body></html>");
        }
    },
    /** Not even HTTP. */
    NOT_HTTP {
        @Override
        void commit(OutputStream out, String self) throws IOException {
            write(out, "SSH-2.0-OpenSSH_9.2p1\r\n");
        }
    },
    /** Fewer bytes than announced. */
    CUT_SHORT {
        @Override
        void commit(OutputStream out, String self) throws IOException {
            write(out, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nd8:interval");
        }
    };

    private static final long DRIP_MILLIS = 50;

    abstract void commit(OutputStream out, String self) throws IOException;

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void forever(OutputStream out, byte[] piece) throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            out.write(piece);
        }
    }

    private static void drip(OutputStream out) throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        try {
            while (!never.await(DRIP_MILLIS, TimeUnit.MILLISECONDS)) {
                out.write('z');
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
