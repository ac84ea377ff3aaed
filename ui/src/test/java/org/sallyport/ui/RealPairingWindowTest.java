package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.sallyport.core.engine.ShareRequest;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PairingState;
import org.sallyport.ui.testkit.Neighbour;
import org.sallyport.ui.testkit.RealCoupleTestCase;

/** Two people pair, send, share and part again, each in a window over a real engine. */
class RealPairingWindowTest extends RealCoupleTestCase {
    private void compare() {
        here.open();
        there.open();
        here.add();
        here.showCode();
        there.add();
        there.enterCode("\n " + here.code() + " ");
        assertThat(here.words()).hasSize(6).isEqualTo(there.words());
    }

    private void openPaired() {
        pair();
        there.open();
        here.open();
        here.untilStanding(MUM, "Connected");
        there.untilStanding(ANA, "Connected");
    }

    @Test
    void ofTwoWhoSayThatTheWordsAreTheSameEachListsTheOther() {
        here.open();
        until(() -> !here.ownId().isEmpty());
        assertThat(here.ownName()).isEqualTo(ANA);
        assertThat(here.isEmptyState()).isTrue();
        compare();

        here.same();
        here.untilWaitingForTheOther();
        assertThat(there.devices()).isEmpty();
        there.same();

        here.untilPaired(MUM);
        there.untilPaired(ANA);
        there.nameAndFinish("Ana");
        here.nameAndFinish(MUM);
        here.untilStanding(MUM, "Connected");
        there.untilStanding("Ana", "Connected");
        here.menu(MUM, "Edit");
        assertThat(here.editId()).isEqualTo(there.ownId());
    }

    @Test
    void wrongWordsLeaveNothingBehind() {
        compare();

        here.same();
        there.differ();

        there.untilNotPaired("the words differ");
        here.untilNotPaired("other device");
        assertThat(here.endIsRed()).isTrue();
        here.closeEnd();
        there.tryAgain();
        assertThat(engine.snapshot().devices().devices()).isEmpty();
        assertThat(other.snapshot().devices().devices()).isEmpty();
        assertThat(here.isEmptyState()).isTrue();
    }

    @Test
    void aCodeThatIsNoneIsExplainedInPlaceAndTheRightOneStillWorks() {
        here.open();
        there.open();
        here.add();
        here.showCode();
        there.add();
        there.enterCode("hello");
        there.untilCodeError("code");

        there.retypeCode(here.code());

        assertThat(there.words()).hasSize(6).isEqualTo(here.words());
    }

    @Test
    void escapeEndsThePairingOnBothSides() {
        compare();

        robot.push(KeyCode.ESCAPE);

        until(() -> engine.snapshot().devices().pairing().stage() == PairingState.Stage.ENDED
                && other.snapshot().devices().pairing().stage() == PairingState.Stage.ENDED);
        assertThat(engine.snapshot().devices().devices()).isEmpty();
        assertThat(other.snapshot().devices().devices()).isEmpty();
    }

    @Test
    void aFileIsSentWithThreeClicksAndArrivesOnceItWasAccepted() throws Exception {
        pair();
        there.open();
        until(() -> engine.snapshot().devices().devices().stream().allMatch(device -> device.connected()));
        Path file = source("letters", 300_000).resolve("a.bin");
        desktop.choose(file);
        robot.interact(stage::toFront);

        here.clickDevices();
        here.clickSendFile(MUM);
        here.clickSend();

        here.untilNotice("“a.bin” was offered to " + MUM);
        there.untilOffers(1);
        there.untilBadge("1");
        InfoHash hash = other.snapshot().devices().offers().get(0).hash();
        assertThat(there.offers()).containsExactly(ANA + " wants to send you “a.bin” (1 file, 300.0 KB)");
        assertThat(there.offerFolder(hash)).isEqualTo("It goes to " + arrivedThere());
        there.refreshCatalogue();
        until(() -> there.canDownload("a.bin"));
        there.accept(hash);
        there.untilNotice("“a.bin” is coming.");
        untilComplete(other, hash);
        assertSameBytes(file, arrivedThere().resolve("a.bin"));
        there.untilOffers(0);
        there.untilBadge("");
        until(() -> !there.canDownload("a.bin"));
        Neighbour.done(other.remove(hash, false));
        until(() -> there.canDownload("a.bin"));
    }

    @Test
    void whatIsDeclinedDoesNotCome() throws Exception {
        openPaired();
        desktop.choose(source("letters", 30_000));

        here.sendFolder(MUM);
        here.send("From the sea.");
        there.untilOffers(1);
        InfoHash hash = other.snapshot().devices().offers().get(0).hash();
        assertThat(there.offerNote(hash)).isEqualTo("“From the sea.”");
        there.decline(hash);

        there.untilOffers(0);
        there.untilNotice("“letters” was declined.");
        assertThat(other.snapshot().torrents()).isEmpty();
    }

    @Test
    void whatOneSharesTheOtherFindsAndTakes() throws Exception {
        Path music = source("music", 200_000, 90_000);
        pair();
        Neighbour.done(engine.shares().allow(music.getParent()));
        InfoHash hash = Neighbour.done(engine.shares().add(ShareRequest.withDevices(music, Set.of(), "For dancing", Instant.MAX), share -> { }));
        until(() -> other.snapshot().devices().devices().stream().allMatch(device -> device.connected()));

        there.open();
        there.untilCatalogue("music");
        there.searchCatalogue("nothing like it");
        there.untilCatalogue();
        there.searchCatalogue("MUS");
        there.untilCatalogue("music");
        there.download("music");

        there.untilNotice("“music” is coming.");
        untilComplete(other, hash);
        assertSameBytes(music.resolve("b.bin"), arrivedThere().resolve("music/b.bin"));
        assertThat(there.canDownload("music")).isFalse();
    }

    @Test
    void whoIsRemovedIsNotConnectedAnyMore() {
        openPaired();

        here.menu(MUM, "Remove");
        assertThat(here.keepHasKeyboard()).isTrue();
        here.carryOut();

        here.untilNotice(MUM + " was removed.");
        here.untilDevices();
        until(() -> there.standing(ANA).startsWith("Last seen"));
        until(() -> there.catalogueNothing().startsWith("The devices that can be reached share nothing"));
    }
}
