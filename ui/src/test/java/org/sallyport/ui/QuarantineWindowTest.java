package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.HeldFile;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Verdict.Kind;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.QuarantinePage;
import org.sallyport.ui.pages.SafetyPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.MemoryQuarantine;
import org.sallyport.ui.testkit.WindowTestCase;

class QuarantineWindowTest extends WindowTestCase {
    private static final InfoHash HASH = new InfoHash("ab".repeat(20));

    private final ShellPage window = new ShellPage(robot);
    private final QuarantinePage quarantine = new QuarantinePage(robot);

    @BeforeEach
    void open() {
        window.showQuarantine();
    }

    private HeldFile held(Kind kind, String reason) {
        HeldFile file = engine.quarantine().hold(HASH, 3, "Holiday", "Holiday/beach.jpg.exe", kind, reason);
        until(() -> quarantine.shown() && !quarantine.empty() && quarantine.files().size() == 1);
        quarantine.select(file);
        return file;
    }

    @Test
    void nothingIsHeldAtFirstAndTheRailCountsWhatIs() {
        until(quarantine::empty);
        assertThat(window.held()).isZero();
        assertThat(quarantine.canAct()).isFalse();

        held(Kind.SUSPICIOUS, "It is a program and says that it is a picture.");

        until(() -> window.held() == 1);
        assertThat(quarantine.reason()).isEqualTo("It is a program and says that it is a picture.");
        assertThat(quarantine.source()).contains("author unknown");
        assertThat(quarantine.scan()).contains("ClamAV 1.4.3").contains("Nov 19, 2026");
    }

    @Test
    void aSuspiciousFileIsReleasedAfterAQuestion() {
        held(Kind.SUSPICIOUS, "odd");

        quarantine.release();
        assertThat(quarantine.question()).contains("beach.jpg.exe");
        quarantine.no();
        assertThat(engine.commands()).doesNotContain("release 3");
        quarantine.release();
        quarantine.yes();

        until(quarantine::empty);
        assertThat(engine.commands()).contains("release 3");
        assertThat(quarantine.notice()).contains("Be careful");
    }

    @Test
    void malwareTakesASecondStep() {
        held(Kind.INFECTED, "Win.Test.EICAR_HDB-1");

        quarantine.release();
        assertThat(quarantine.means()).contains("Win.Test.EICAR_HDB-1");
        quarantine.yes();
        until(() -> quarantine.question().equals("This file is infected"));
        assertThat(engine.commands()).doesNotContain("insist 3");
        quarantine.yes();

        until(quarantine::empty);
        assertThat(engine.commands()).contains("insist 3");
    }

    @Test
    void aFileIsDeletedOrScannedAgain() {
        held(Kind.INFECTED, "Name");
        quarantine.delete();
        assertThat(quarantine.means()).contains("for good");
        quarantine.yes();
        until(quarantine::empty);
        assertThat(engine.commands()).contains("delete 3");

        held(Kind.NOT_SCANNED, "The scanner is away.");
        quarantine.rescan();
        until(quarantine::empty);
        assertThat(engine.commands()).contains("rescan 3");
    }

    @Test
    void whatIsRefusedSaysWhy() {
        engine.refuse("release", "family.pin", "Ask a parent for the PIN.");
        held(Kind.SUSPICIOUS, "odd");

        quarantine.release();
        quarantine.yes();

        until(() -> quarantine.notice().equals("Ask a parent for the PIN."));
        assertThat(quarantine.files()).hasSize(1);
    }

    @Test
    void theKeyboardReachesTheScreen() {
        window.showDownloads();
        until(() -> !quarantine.shown());

        new DownloadsPage(robot).press(KeyCode.CONTROL, KeyCode.DIGIT4);

        until(quarantine::shown);
    }

    @Test
    void theScannerIsFoundAndTestedInOneClick() {
        window.showSafety();
        SafetyPage safety = new SafetyPage(robot);
        assertThat(safety.scanner()).contains("Install ClamAV");
        engine.quarantine().scannerToFind(MemoryQuarantine.ready());

        safety.findScanner();

        until(() -> safety.scanner().contains("found the test file"));
        assertThat(engine.commands()).contains("find scanner");
    }
}
