package org.sallyport.ui.testkit;

import java.util.List;
import org.sallyport.core.model.QuitMode;
import org.sallyport.core.model.QuitState;
import org.sallyport.core.model.QuitState.Unfinished;

/** Ends of the program for tests and pictures. */
public final class QuitStates {
    private QuitStates() { }

    /** One done, one failed, one stopped. */
    public static QuitState countdown(int secondsLeft) {
        return new QuitState(QuitMode.ALL_DONE, secondsLeft > 0 ? QuitState.Kind.COUNTDOWN : QuitState.Kind.QUITTING, secondsLeft,
                List.of(Library.COURSE.name()),
                List.of(new Unfinished(Library.MAPS.name(), "The disk is full. Free 12.4 GB, and it goes on by itself."),
                        new Unfinished(Library.PHOTOS.name(), "stopped")),
                "Sallyport quits in " + secondsLeft + " s.", "");
    }
}
