package org.sallyport.core.settings;

import java.util.Optional;
import java.util.regex.Pattern;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.settings.Settings.Screening;

/** Whether the choices about screening can be meant. */
final class ScreeningCheck {
    private static final int MAX_SCANNER_CHARS = 4096;
    private static final int MOST_DAYS = 365;
    /** Absolute, on POSIX or Windows. */
    private static final Pattern SOCKET = Pattern.compile("(/|[a-zA-Z]:[/\\\\])[^\\p{Cntrl}]+");
    /** What is scanned goes there in clear, so it must not leave this computer. */
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]):([1-9][0-9]{0,4})");

    private ScreeningCheck() { }

    static Optional<Refusal> check(Screening screening) {
        return scanner(screening.scanner()).or(() -> days(screening.definitionsMaxDays()));
    }

    private static Optional<Refusal> scanner(String text) {
        return isScanner(text) ? Optional.empty() : Optional.of(new Refusal("settings.scanner",
                "The virus scanner is the whole path of its socket, such as /run/clamav/clamd.ctl, or a port of this computer, "
                + "such as localhost:3310. Write one of these, none for no scanner, or leave it empty and it is looked for."));
    }

    private static boolean isScanner(String text) {
        if (text.isEmpty() || text.equals("none")) {
            return true;
        }
        var port = LOOPBACK.matcher(text);
        return port.matches() ? Integer.parseInt(port.group(2)) <= 65_535 : text.length() <= MAX_SCANNER_CHARS && SOCKET.matcher(text).matches();
    }

    private static Optional<Refusal> days(int days) {
        return days >= 1 && days <= MOST_DAYS ? Optional.empty() : Optional.of(new Refusal("settings.definitions-days-range",
                "Virus definitions may be from 1 to " + MOST_DAYS + " days old, not " + days + ". Choose a number in that range."));
    }
}
