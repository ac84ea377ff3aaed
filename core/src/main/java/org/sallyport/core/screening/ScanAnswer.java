package org.sallyport.core.screening;

import org.sallyport.core.model.ScannerState;

/**
 * An antivirus program's answer about one file.
 *
 * @param kind   CLEAN only if it looked at all of it
 * @param text   name of the malware, or why it was not scanned, as a sentence with the next step; empty when clean
 * @param retry  not scanned for a reason that may pass
 * @param state  of the program as it answered
 */
record ScanAnswer(Kind kind, String text, boolean retry, ScannerState state) {

    enum Kind { CLEAN, INFECTED, NOT_SCANNED }
}
