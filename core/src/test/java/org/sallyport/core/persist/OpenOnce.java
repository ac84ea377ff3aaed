package org.sallyport.core.persist;

import java.nio.file.Path;

/** Opens a data directory in a process of its own, prints how that went and ends. */
final class OpenOnce {
    private OpenOnce() { }

    public static void main(String[] arguments) throws Exception {
        String result;
        try (DataDirectory data = DataDirectory.open(Path.of(arguments[0]))) {
            result = "open";
        } catch (DataDirectoryBusyException e) {
            result = "busy: " + e.getMessage();
        }
        System.out.println(result);
    }
}
