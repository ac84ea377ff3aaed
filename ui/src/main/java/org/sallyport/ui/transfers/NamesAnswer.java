package org.sallyport.ui.transfers;

import java.util.List;
import javafx.stage.Window;
import org.sallyport.core.engine.AddRequest.Risky;
import org.sallyport.ui.dialog.QuestionView;
import org.sallyport.ui.i18n.Messages;

/** The answer about risky names in a magnet link's list of files. FX thread. */
final class NamesAnswer {
    private NamesAnswer() { }

    /** Asks once more, with the names. */
    static void accept(Window owner, TransfersViewModel model, List<TransferRow> rows) {
        rows.stream().filter(TransferRow::asksAboutNames).forEach(row -> QuestionView.show(owner, new QuestionView.Question(
                Messages.text("transfers.names.title", row.name()), Messages.text("add.risky.means", row.latest().why().sentence()),
                Messages.text("add.risky.keep"), Messages.text("add.risky.do"),
                () -> model.tell(model.torrents().answerNames(row.hash(), Risky.ACCEPT)))));
    }

    static void skip(TransfersViewModel model, List<TransferRow> rows) {
        rows.stream().filter(TransferRow::hasRiskyNames).forEach(row -> model.tell(model.torrents().answerNames(row.hash(), Risky.SKIP)));
    }
}
