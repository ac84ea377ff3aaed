package org.sallyport.core.screening;

import java.io.IOException;
import org.sallyport.core.model.ScannerState;

/** An antivirus program. Blocks; one thread at a time. */
interface Scanner {

    /** Asks it who it is and how old its definitions are; never throws, what went wrong is in the state. */
    ScannerState probe();

    /**
     * Has all of the bytes looked at.
     *
     * @param size  how many there are; {@code bytes} ends after exactly as many, or throws
     * @throws IOException only if {@code bytes} could not be read; trouble of the program is an answer
     */
    ScanAnswer scan(ByteSource bytes, long size) throws IOException;

    /** The bytes of one file, once, from its beginning to its end. */
    @FunctionalInterface
    interface ByteSource {
        /** Fills as much of {@code buffer} as is there, at least one byte; -1 at the end. */
        int read(byte[] buffer) throws IOException;
    }
}
