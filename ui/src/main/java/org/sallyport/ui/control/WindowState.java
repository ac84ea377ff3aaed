package org.sallyport.ui.control;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the window was left: place, sizes, column order. Kept in a small properties file; a file that cannot be read
 * is as good as none, because nothing but comfort depends on it.
 */
public final class WindowState {
    private static final Logger LOG = LoggerFactory.getLogger(WindowState.class);

    private final Path file;
    private final Properties values = new Properties();

    private WindowState(Path file) {
        this.file = file;
    }

    public static WindowState load(Path file) {
        WindowState state = new WindowState(file);
        try (Reader in = Files.newBufferedReader(file)) {
            state.values.load(in);
        } catch (NoSuchFileException e) {
            LOG.debug("no window state yet");
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("window state cannot be read, starting with the usual one", e);
            state.values.clear();
        }
        return state;
    }

    /** The number, or {@code otherwise} when there is none that makes sense. */
    public double number(String key, double otherwise) {
        String text = values.getProperty(key, "");
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? value : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    public boolean flag(String key, boolean otherwise) {
        return Boolean.parseBoolean(values.getProperty(key, Boolean.toString(otherwise)));
    }

    /** Words separated by commas; empty when there are none. */
    public List<String> words(String key) {
        return Arrays.stream(values.getProperty(key, "").split(",")).filter(w -> !w.isBlank()).toList();
    }

    public void put(String key, double value) {
        values.setProperty(key, Double.toString(value));
    }

    public void put(String key, boolean value) {
        values.setProperty(key, Boolean.toString(value));
    }

    public void put(String key, List<String> words) {
        values.setProperty(key, String.join(",", words));
    }

    /** Writes a new file and puts it in the place of the old one. */
    public void save() {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (Writer out = Files.newBufferedWriter(fresh)) {
                values.store(out, null);
            }
            try {
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            LOG.warn("window state cannot be saved", e);
        }
    }
}
