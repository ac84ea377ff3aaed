package org.sallyport.ui.dialog;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.stage.Window;
import org.sallyport.core.model.NameFlag;
import org.sallyport.ui.i18n.Messages;

/** Asks before files with risky names are downloaded: which they are, and what is wrong with each. */
public final class RiskyNames {
    private static final int MOST = 6;

    private RiskyNames() { }

    /** @param files path and flags of each, in order @param download what to do when the user agrees */
    public static void ask(Window owner, Map<String, List<NameFlag>> files, Runnable download) {
        String named = files.entrySet().stream().limit(MOST).map(file -> file.getKey() + "\n    "
                + NameFlag.gravest(file.getValue()).map(NameFlag::sentence).orElse("")).collect(Collectors.joining("\n"));
        String more = files.size() > MOST ? "\n" + Messages.text("add.risky.more", Integer.toString(files.size() - MOST)) : "";
        String title = files.size() == 1 ? Messages.text("add.names.one") : Messages.text("add.names.some", Integer.toString(files.size()));
        QuestionView.show(owner, new QuestionView.Question(Messages.text("add.risky.title", title), Messages.text("add.risky.means", named + more),
                Messages.text("add.risky.keep"), Messages.text("add.risky.do"), download));
    }
}
