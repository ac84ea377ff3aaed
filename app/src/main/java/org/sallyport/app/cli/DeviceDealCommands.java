package org.sallyport.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.model.CatalogueItem;
import org.sallyport.core.model.DeviceOffer;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What other devices offer and share: look at it, take it, say no. */
final class DeviceDealCommands {
    private DeviceDealCommands() { }

    /** The one that the typed digits begin. */
    private static InfoHash one(Stream<InfoHash> known, String typed, String none) throws CommandFailedException {
        String prefix = typed.strip().toLowerCase(Locale.ROOT);
        List<InfoHash> found = known.filter(hash -> !prefix.isEmpty() && hash.hex().startsWith(prefix)).distinct().toList();
        if (found.isEmpty()) {
            throw new CommandFailedException(Exit.FAILED, none);
        }
        if (found.size() > 1) {
            throw new CommandFailedException(Exit.USAGE, found.size() + " begin with '" + typed + "'. Give more digits of the one you mean.");
        }
        return found.get(0);
    }

    private static InfoHash offered(CommandContext context, String typed) throws CommandFailedException {
        return one(context.engine().snapshot().devices().offers().stream().map(DeviceOffer::hash), typed,
                "No device offers '" + typed + "'. 'sallyport device offers' shows what waits for an answer.");
    }

    private static Path folder(CommandContext context, @Nullable Path to) {
        return to == null ? Folders.downloads(context.engine().settings()) : context.resolve(to);
    }

    private static void acknowledge(CommandContext context, String what, InfoHash hash, String name) {
        if (context.json()) {
            context.json("hash", hash.hex(), "name", name);
        } else {
            context.out(what + " " + hash.shortHex() + (name.isEmpty() ? "" : " " + name));
        }
    }

    private static String nameOf(CommandContext context, InfoHash hash) {
        return context.engine().snapshot().devices().offers().stream().filter(offer -> offer.hash().equals(hash)).map(DeviceOffer::name)
                .findFirst().orElse("");
    }

    @Command(name = "offers", description = "What other devices want to send here and nobody has answered yet.")
    static final class Offers implements LibraryCommand {
        @Override
        public int run(CommandContext context) {
            List<DeviceOffer> offers = context.engine().snapshot().devices().offers();
            if (context.json()) {
                offers.forEach(offer -> context.json("hash", offer.hash().hex(), "device", offer.deviceId(), "deviceName", offer.deviceName(),
                        "name", offer.name(), "bytes", offer.bytes(), "files", offer.files(), "note", offer.note(), "at",
                        JsonShapes.time(offer.at())));
            } else if (offers.isEmpty()) {
                context.out("Nothing is offered now.");
            } else {
                TextTable table = new TextTable("HASH", "FROM", ">SIZE", ">FILES", "NAME", "NOTE");
                offers.forEach(offer -> table.row(offer.hash().shortHex(), offer.deviceName(), Amounts.size(offer.bytes()),
                        Integer.toString(offer.files()), offer.name(), offer.note()));
                table.print(context::out);
            }
            return Exit.DONE;
        }
    }

    @Command(name = "accept", description = "Takes what a device offers.")
    static final class Accept implements LibraryCommand {
        @Parameters(index = "0", paramLabel = "HASH", description = "the first digits will do")
        private String hash = "";

        @Option(names = "--to", paramLabel = "DIR", description = "download folder (default: the one in the settings)")
        private @Nullable Path to;

        @Override
        public int run(CommandContext context) throws CommandFailedException {
            InfoHash offer = offered(context, hash);
            String name = nameOf(context, offer);
            return context.report(context.engine().devices().accept(offer, folder(context, to)),
                    done -> acknowledge(context, "Accepted", done, name));
        }
    }

    @Command(name = "decline", description = "Says no to what a device offers.")
    static final class Decline implements LibraryCommand {
        @Parameters(index = "0", paramLabel = "HASH", description = "the first digits will do")
        private String hash = "";

        @Override
        public int run(CommandContext context) throws CommandFailedException {
            InfoHash offer = offered(context, hash);
            String name = nameOf(context, offer);
            return context.report(context.engine().devices().decline(offer), done -> acknowledge(context, "Declined", done, name));
        }
    }

    @Command(name = "catalogue", description = "What other devices share with this one.")
    static final class Catalogue implements LibraryCommand {
        @Parameters(index = "0", arity = "0..1", paramLabel = "DEVICE", description = "only of this one (default: all that can be reached)")
        private String device = "";

        @Option(names = "--search", paramLabel = "TEXT", description = "only what has this in its name")
        private String search = "";

        @Override
        public int run(CommandContext context) throws CommandFailedException {
            return context.report(context.engine().devices().catalogue(id(context, device), search), items -> print(context, items));
        }

        private static void print(CommandContext context, List<CatalogueItem> items) {
            if (context.json()) {
                items.forEach(item -> context.json("hash", item.hash().hex(), "device", item.deviceId(), "deviceName", item.deviceName(),
                        "name", item.name(),
                        "bytes", item.bytes(), "files", item.files(), "note", item.note(), "present", item.present()));
            } else if (items.isEmpty()) {
                context.out("Nothing was found.");
            } else {
                TextTable table = new TextTable("HASH", "ON", ">SIZE", ">FILES", "HERE", "NAME", "NOTE");
                items.forEach(item -> table.row(item.hash().shortHex(), item.deviceName(), Amounts.size(item.bytes()), Integer.toString(item.files()),
                        item.present() ? "yes" : "", item.name(), item.note()));
                table.print(context::out);
            }
        }
    }

    private static String id(CommandContext context, String device) throws CommandFailedException {
        return device.isEmpty() ? "" : DeviceArgument.find(context.engine().snapshot().devices().devices(), device).id();
    }

    @Command(name = "take", description = "Downloads something of the catalogue.")
    static final class Take implements LibraryCommand {
        @Parameters(index = "0", paramLabel = "HASH", description = "the first digits will do")
        private String hash = "";

        @Option(names = "--from", paramLabel = "DEVICE", description = "from this device (default: the first that has it)")
        private String from = "";

        @Option(names = "--to", paramLabel = "DIR", description = "download folder (default: the one in the settings)")
        private @Nullable Path to;

        @Override
        public int run(CommandContext context) throws CommandFailedException {
            Outcome<List<CatalogueItem>> catalogue = context.await(context.engine().devices().catalogue(id(context, from), ""));
            if (!(catalogue instanceof Outcome.Done<List<CatalogueItem>> known)) {
                return context.report(catalogue, ignored -> { });
            }
            InfoHash wanted = one(known.value().stream().map(CatalogueItem::hash), hash,
                    "No device that can be reached shares '" + hash + "' with this one. 'sallyport device catalogue' shows what they share.");
            CatalogueItem item = known.value().stream().filter(each -> each.hash().equals(wanted)).findFirst().orElseThrow();
            return context.report(context.engine().devices().take(item, folder(context, to)),
                    done -> acknowledge(context, "Taking", done, item.name()));
        }
    }
}
