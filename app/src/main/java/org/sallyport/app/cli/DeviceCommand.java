package org.sallyport.app.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.DeviceSnapshot.Standing;
import org.sallyport.core.model.DevicesState;
import org.sallyport.core.model.PeerAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "device", description = "Devices that trust each other: pair them, list, rename and remove them.", subcommands = {
    DeviceCommand.Id.class, DeviceOfferCommand.class, DevicePairCommand.class, DeviceCommand.Add.class, DeviceCommand.All.class,
    DeviceCommand.Rename.class, DeviceCommand.Address.class, DeviceCommand.Remove.class, DeviceCommand.Reset.class, DeviceCommand.Name.class})
final class DeviceCommand implements LibraryCommand {
    @Override
    public int run(CommandContext context) throws CommandFailedException {
        throw new CommandFailedException(Exit.USAGE, "What about the devices? Run 'sallyport device --help' for the list.");
    }

    private static int tell(CommandContext context, String what, String id, String name) {
        if (context.json()) {
            context.json("id", id, "name", name);
        } else {
            context.out(what + " " + id + (name.isEmpty() ? "" : " " + name));
        }
        return Exit.DONE;
    }

    @Command(name = "id", description = "The id of this device, for a person to read to another; made now if there is none.")
    static final class Id implements LibraryCommand {
        @Override
        public int run(CommandContext context) throws CommandFailedException {
            return context.report(context.engine().devices().identify(), id -> {
                if (context.json()) {
                    context.json("id", id, "name", context.engine().snapshot().devices().ownName());
                } else {
                    context.out(id);
                }
            });
        }
    }

    @Command(name = "add", description = "Adds a device by its id, read out by its person; paired as soon as this one was added there, too.")
    static final class Add implements LibraryCommand {
        @Parameters(index = "0", paramLabel = "ID", description = "eight groups of seven letters and digits")
        private String id = "";

        @Option(names = "--name", paramLabel = "NAME", required = true, description = "what to call it here")
        private String name = "";

        @Option(names = "--address", paramLabel = "HOST:PORT", converter = PeerAddressConverter.class,
                description = "where it listens; may be repeated. One of the two devices must know where the other is")
        private List<PeerAddress> addresses = List.of();

        @Override
        public int run(CommandContext context) throws CommandFailedException {
            return context.report(context.engine().devices().add(id, name, addresses), added -> tell(context, "Added", added, name));
        }
    }

    @Command(name = "list", description = "The devices this one trusts, or waits for.")
    static final class All implements LibraryCommand {
        @Override
        public int run(CommandContext context) {
            DevicesState state = context.engine().snapshot().devices();
            if (!state.trouble().isEmpty()) {
                context.output().err(state.trouble());
            }
            if (context.json()) {
                state.devices().forEach(device -> context.json(shape(device)));
            } else if (state.devices().isEmpty()) {
                context.out("No devices yet. 'sallyport device offer' shows a code for another one to read.");
            } else {
                TextTable table = new TextTable("NAME", "STATE", "LAST SEEN", "ID");
                state.devices().forEach(device -> table.row(device.name(), words(device), seen(device), device.id()));
                table.print(context::out);
            }
            return Exit.DONE;
        }

        private static String seen(DeviceSnapshot device) {
            return device.lastSeen().equals(Instant.EPOCH) ? "never" : device.lastSeen().truncatedTo(ChronoUnit.SECONDS).toString();
        }

        private static String words(DeviceSnapshot device) {
            return device.standing() == Standing.AWAITED ? "has not added this device yet" : device.connected() ? "connected" : "paired";
        }
    }

    static Map<String, Object> shape(DeviceSnapshot device) {
        return Json.object("id", device.id(), "name", device.name(), "state", Words.camelCase(device.standing()), "connected", device.connected(),
                "addresses", device.addresses().stream().map(PeerAddress::toString).toList(), "addedAt", JsonShapes.time(device.addedAt()),
                "lastSeen", JsonShapes.time(device.lastSeen()), "trouble", device.trouble());
    }

    @Command(name = "rename", description = "Calls a device something else here.")
    static final class Rename implements LibraryCommand {
        @Mixin
        private DeviceArgument device = new DeviceArgument();

        @Parameters(index = "1", paramLabel = "NAME", description = "at most 40 characters")
        private String name = "";

        @Override
        public int run(CommandContext context) throws CommandFailedException {
            DeviceSnapshot found = device.in(context.engine().snapshot());
            return context.report(context.engine().devices().rename(found.id(), name), id -> tell(context, "Renamed", id, name));
        }
    }

    @Command(name = "address", description = "Says where a device listens, in place of what was known; at most 8.")
    static final class Address implements LibraryCommand {
        @Mixin
        private DeviceArgument device = new DeviceArgument();

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "HOST:PORT", converter = PeerAddressConverter.class,
                description = "where it listens")
        private List<PeerAddress> addresses = List.of();

        @Override
        public int run(CommandContext context) throws CommandFailedException {
            DeviceSnapshot found = device.in(context.engine().snapshot());
            return context.report(context.engine().devices().readdress(found.id(), addresses), id -> tell(context, "Changed", id, found.name()));
        }
    }

    @Command(name = "remove", description = "Trusts a device no more; its connections end at once.")
    static final class Remove implements LibraryCommand {
        @Mixin
        private DeviceArgument device = new DeviceArgument();

        @Override
        public int run(CommandContext context) throws CommandFailedException {
            DeviceSnapshot found = device.in(context.engine().snapshot());
            return context.report(context.engine().devices().remove(found.id()), id -> tell(context, "Removed", id, found.name()));
        }
    }

    @Command(name = "reset-identity", description = "Gives this device a new key; no device is paired with it afterwards.")
    static final class Reset implements LibraryCommand {
        @Option(names = "--yes", required = true, description = "said because it cannot be taken back")
        private boolean yes;

        @Override
        public int run(CommandContext context) throws CommandFailedException {
            return context.report(context.engine().devices().resetIdentity(), id -> tell(context, "The new id is", id, ""));
        }
    }

    @Command(name = "name", description = "What this device is called towards others from now on.")
    static final class Name implements LibraryCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "at most 40 characters")
        private String name = "";

        @Override
        public int run(CommandContext context) throws CommandFailedException {
            return context.report(context.engine().devices().nameOwn(name), now -> {
                if (context.json()) {
                    context.json("name", now);
                } else {
                    context.out("This device is called " + now);
                }
            });
        }
    }
}
