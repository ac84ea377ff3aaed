package org.sallyport.core.model;

import java.util.List;

/** What is kept in quarantine, and with which antivirus program files are looked at. */
public record QuarantineState(List<HeldFile> held, ScannerState scanner) {
    public static final QuarantineState NONE = new QuarantineState(List.of(), ScannerState.none("No virus scanner is set up yet."));

    public QuarantineState {
        held = List.copyOf(held);
    }
}
