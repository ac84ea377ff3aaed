package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.model.PairingState.Stage;
import org.sallyport.ui.pages.DevicesPage;
import org.sallyport.ui.testkit.MemoryDevices;
import org.sallyport.ui.testkit.MemoryEngine;
import org.sallyport.ui.testkit.WindowTestCase;

/** Two windows over two engines: one shows the code, the other reads it, both people compare the words. */
class PairingWindowTest extends WindowTestCase {
    private final MemoryEngine other = new MemoryEngine("Mum's laptop");
    private DevicesPage here;
    private DevicesPage there;

    @Override
    protected MemoryEngine library(MemoryEngine empty) {
        empty.devices().link(other.devices());
        return empty;
    }

    @BeforeEach
    void openBoth() {
        here = new DevicesPage(robot, stage).open();
        there = new DevicesPage(robot, openBeside(other)).open();
    }

    @AfterEach
    void closeOther() {
        other.close();
    }

    private void compare() {
        here.add();
        here.showCode();
        there.add();
        there.enterCode("\n " + here.code() + " ");
    }

    @Test
    void bothSeeTheSameWordsAndAreThenPaired() {
        assertThat(here.isEmptyState()).isTrue();
        compare();
        assertThat(here.words()).hasSize(6).isEqualTo(there.words());
        assertThat(here.wordsSpoken()).startsWith("1 copper, 2 meadow, ");

        here.same();
        here.untilWaitingForTheOther();
        assertThat(here.canAnswer()).isFalse();
        assertThat(there.devices()).isEmpty();
        there.same();

        here.untilPaired("Mum's laptop");
        there.untilPaired("This computer");
        there.nameAndFinish("Ana");
        here.nameAndFinish("Mum's laptop");
        here.untilDevices("Mum's laptop");
        here.untilStanding("Mum's laptop", "Connected");
        there.untilDevices("Ana");
    }

    @Test
    void wrongWordsLeaveNothingBehind() {
        other.devices().deceived();
        compare();
        assertThat(here.words()).isNotEqualTo(there.words());

        here.same();
        there.differ();

        there.untilNotPaired("The words were different");
        here.untilNotPaired("different on the other device");
        assertThat(here.endIsRed()).isTrue();
        here.closeEnd();
        there.tryAgain();
        assertThat(engine.devices().state().devices()).isEmpty();
        assertThat(other.devices().state().devices()).isEmpty();
        assertThat(here.isEmptyState()).isTrue();
    }

    @Test
    void enterAgreesToNothing() {
        compare();
        assertThat(here.words()).hasSize(6);
        List.of(engine, other).forEach(e -> assertThat(e.commands()).noneMatch(c -> c.startsWith("confirm")));

        robot.push(KeyCode.ENTER);
        robot.push(KeyCode.SPACE);

        engine.settle();
        List.of(engine, other).forEach(e -> assertThat(e.commands()).noneMatch(c -> c.startsWith("confirm")));
        assertThat(here.canAnswer()).isTrue();
        assertThat(there.canAnswer()).isTrue();
    }

    @Test
    void aCodeThatIsNoneIsExplainedInPlace() {
        there.add();
        there.enterCode("hello");
        there.untilCodeError("This is not a pairing code.");

        there.retypeCode("SALLYPORT:AAAA");

        there.untilNotPaired("No device answers to this code.");
        there.tryAgain();
        here.add();
        here.showCode();
        there.enterCode(here.code());
        assertThat(there.words()).hasSize(6);
    }

    @Test
    void escapeEndsThePairingOnBothSides() {
        compare();
        assertThat(there.words()).hasSize(6);

        robot.push(KeyCode.ESCAPE);

        until(() -> engine.commands().contains("cancelPairing") || other.commands().contains("cancelPairing"));
        DevicesPage left = engine.commands().contains("cancelPairing") ? there : here;
        left.untilNotPaired("It was ended on the other device.");
        assertThat(engine.devices().state().devices()).isEmpty();
        assertThat(other.devices().state().devices()).isEmpty();
    }

    @Test
    void goingBackWithdrawsTheCode() {
        here.add();
        here.showCode();
        String first = here.code();
        here.backFromCode();
        until(() -> engine.devices().state().pairing().stage() == Stage.NONE);

        here.showCode();

        assertThat(here.code()).isNotEqualTo(first);
    }

    @Test
    void theTimeLeftIsShownAndSpoken() {
        here.add();
        here.showCode();
        assertThat(here.timeLeft()).matches("(10:00|9:5\\d) left");

        engine.devices().pairing(offering(here.code(), Duration.ofSeconds(62)));

        until(() -> here.timeLeft().matches("(1:0|0:5)\\d left"));
        assertThat(here.timeLeftSpoken()).matches("The code is good for [01] minutes and \\d+ seconds");
    }

    @Test
    void aSecondCodeCanEndAsTheFirstDid() {
        PairingState over = new PairingState(Stage.ENDED, "", Instant.EPOCH, List.of(), "", "", "The ten minutes are over. Show a new code.");
        here.add();
        here.showCode();
        engine.devices().pairing(over);
        here.untilNotPaired("ten minutes");
        here.tryAgain();
        here.showCode();

        engine.devices().pairing(over);

        here.untilNotPaired("ten minutes");
    }

    private static PairingState offering(String code, Duration left) {
        return new PairingState(Stage.OFFERING, code, Instant.now().plus(left), List.of(), "", "", "");
    }

    @Test
    void theCodeIsCopied() {
        here.add();
        here.showCode();

        here.copyCode();

        robot.interact(() -> assertThat(Clipboard.getSystemClipboard().getString()).isEqualTo(here.code()));
    }

    @Test
    void anOfferIsRefusedWithTheReason() {
        engine.refuse("offer", "pairing.no-port", "No port is open, so no other device can call. Open the port in Settings first.");
        here.add();

        here.pressShowCode();

        assertThat(here.addNotice()).startsWith("No port is open");
    }

    @Test
    void byIdBothSidesAddTheOther() {
        here.add();
        here.addById("ABC", "Mum", "");
        until(() -> here.addNotice().startsWith("A device id has 56 letters"));
        here.retypeId(MemoryDevices.id("Mum's laptop"), "", "");
        assertThat(here.addNotice()).startsWith("Give the device a name first");
        here.retypeId(MemoryDevices.id("Mum's laptop"), "Mum", "192.168.1.30:51413");
        here.untilAddClosed();
        here.untilStanding("Mum", "Waiting for the other side");
        here.untilNotice("Mum was added.");

        there.add();
        there.addById(MemoryDevices.id("This computer"), "Ana", "");

        there.untilAddClosed();
        here.untilStanding("Mum's laptop", "Connected");
    }

    @Test
    void onceOfferedTheOtherSideAccepts() {
        compare();
        here.same();
        there.same();
        there.untilPaired("This computer");
        there.nameAndFinish("Ana");
        here.nameAndFinish("Mum's laptop");
        desktop.choose(folder.resolve("Holiday"));

        here.sendFolder("Mum's laptop");
        here.send("From the sea.");

        there.untilOffers(1);
        assertThat(there.offers()).first().asString().startsWith("This computer wants to send you “Holiday”");
        there.untilBadge("1");
    }
}
