package org.sallyport.ui.feed;

import java.util.concurrent.CompletableFuture;
import org.sallyport.core.engine.Quarantine;
import org.sallyport.core.model.HeldFile;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Opening;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.ScannerState;
import org.sallyport.core.model.Verdict;

/** Sends what is decided about files between the network and the user; every outcome arrives on the FX thread. */
public final class QuarantineCommands {
    private final Quarantine quarantine;
    private final EngineCommands commands;

    QuarantineCommands(Quarantine quarantine, EngineCommands commands) {
        this.quarantine = quarantine;
        this.commands = commands;
    }

    public CompletableFuture<Outcome<Verdict>> rescan(HeldFile file) {
        return commands.onFxThread(quarantine.rescan(file.hash(), file.file()));
    }

    /** @param insisted the user was told a second time what it can do */
    public CompletableFuture<Outcome<Verdict>> release(HeldFile file, boolean insisted) {
        return commands.onFxThread(quarantine.release(file.hash(), file.file(), insisted));
    }

    public CompletableFuture<Outcome<Verdict>> delete(HeldFile file) {
        return commands.onFxThread(quarantine.delete(file.hash(), file.file()));
    }

    /** @param insisted the user knows that it is a program */
    public CompletableFuture<Outcome<Opening>> open(InfoHash hash, int file, boolean insisted) {
        return commands.onFxThread(quarantine.open(hash, file, insisted));
    }

    public CompletableFuture<Outcome<ScannerState>> findScanner() {
        return commands.onFxThread(quarantine.findScanner());
    }
}
