package org.sallyport.app.cli;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.EngineSnapshot;
import picocli.CommandLine.Parameters;

/** Names one device of the list: by its id in any spelling, by the first group of it, or by its name. */
final class DeviceArgument {
    private static final int GROUP = 7;
    private static final int ID = 56;

    @Parameters(index = "0", paramLabel = "DEVICE",
            description = "its name, its id, or the first group of its id; 'sallyport device list' shows them")
    private String text = "";

    /** @throws CommandFailedException failed when there is no such device, usage when more than one is meant */
    DeviceSnapshot in(EngineSnapshot snapshot) throws CommandFailedException {
        return find(snapshot.devices().devices(), text);
    }

    /** @param typed either case, spaces and dashes as one likes */
    static DeviceSnapshot find(List<DeviceSnapshot> devices, String typed) throws CommandFailedException {
        String wanted = typed.strip();
        Pattern id = idPattern(wanted);
        // a device chooses its own name: one that looks like the id of another must not stand in for it
        List<DeviceSnapshot> found = devices.stream()
                .filter(device -> device.name().equalsIgnoreCase(wanted) || id.matcher(device.id().replace("-", "")).matches()).toList();
        if (found.isEmpty()) {
            throw new CommandFailedException(Exit.FAILED, "No device in the list is called '" + wanted + "'. 'sallyport device list' shows them.");
        }
        if (found.size() > 1) {
            throw new CommandFailedException(Exit.USAGE, found.size() + " devices may be meant by '" + wanted + "'. Give the whole id of one: "
                    + String.join(", ", found.stream().map(DeviceSnapshot::id).toList()) + ".");
        }
        return found.get(0);
    }

    /** What people read as another letter counts as it, as everywhere where ids are typed: 0 as O, 8 as B, 1 as I or L. */
    private static Pattern idPattern(String typed) {
        String characters = typed.toUpperCase(Locale.ROOT).replaceAll("[\\s\\u00a0\\u2010-\\u2015-]", "").replace('0', 'O').replace('8', 'B');
        boolean whole = characters.length() == ID;
        if (!whole && characters.length() != GROUP || !characters.matches("[A-Z1-7]*")) {
            return Pattern.compile("(?!)");
        }
        return Pattern.compile(characters.replace("1", "[IL]") + (whole ? "" : ".*"));
    }
}
