package org.sallyport.app.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/**
 * The commands by name. Only the one that was typed is built: reading the annotations of all of them costs a
 * noticeable part of a short command's time.
 */
final class CommandTable {
    /** In the order of the help. */
    private static final List<String> NAMES = List.of(
            "get", "seed", "daemon", "add", "list", "show", "files", "peers", "trackers", "start", "pause", "remove", "recheck", "move", "locate",
            "rename", "export", "magnet", "ban", "set", "queue", "why", "share", "create", "inspect", "publisher", "port", "firewall", "blocklist",
            "limits", "schedule", "discovery", "device", "scan", "quarantine", "events", "quit", "sample", "version");
    /** Called by other parts of the program, not listed in the help. */
    private static final List<String> HIDDEN = List.of("show-window", "sample-server");

    private CommandTable() { }

    /** A table of constructors would be longer to make than the one command that is wanted. */
    private static Object command(String name) {
        return switch (name) {
            case "get" -> new GetCommand();
            case "seed" -> new SeedCommand();
            case "daemon" -> new DaemonCommand();
            case "add" -> new AddCommand();
            case "list" -> new ListCommand();
            case "show" -> new ShowCommand();
            case "files" -> new FilesCommand();
            case "peers" -> new PeersCommand();
            case "trackers" -> new TrackersCommand();
            case "start" -> new StartCommand();
            case "pause" -> new PauseCommand();
            case "remove" -> new RemoveCommand();
            case "recheck" -> new RecheckCommand();
            case "move" -> new MoveCommand();
            case "locate" -> new LocateCommand();
            case "rename" -> new RenameCommand();
            case "export" -> new ExportCommand();
            case "magnet" -> new MagnetCommand();
            case "ban" -> new BanCommand();
            case "set" -> new SetCommand();
            case "queue" -> new QueueCommand();
            case "why" -> new WhyCommand();
            case "share" -> new ShareCommand();
            case "create" -> new CreateCommand();
            case "inspect" -> new InspectCommand();
            case "publisher" -> new PublisherCommand();
            case "port" -> new PortCommand();
            case "firewall" -> new FirewallCommand();
            case "blocklist" -> new BlocklistCommand();
            case "limits" -> new LimitsCommand();
            case "schedule" -> new ScheduleCommand();
            case "discovery" -> new DiscoveryCommand();
            case "device" -> new DeviceCommand();
            case "scan" -> new ScanCommand();
            case "quarantine" -> new QuarantineCommand();
            case "events" -> new EventsCommand();
            case "quit" -> new QuitCommand();
            case "sample" -> new SampleCommand();
            case "version" -> new VersionCommand();
            case "show-window" -> new ShowWindowCommand();
            case "sample-server" -> new SampleServerCommand();
            default -> throw new IllegalArgumentException("no command: " + name);
        };
    }

    static List<String> names() {
        return NAMES;
    }

    /** The command word: the first argument that is neither an option of the program nor the value of one. */
    static Optional<String> commandWord(List<String> words) {
        boolean value = false;
        for (String word : words) {
            if (value) {
                value = false;
            } else if (word.equals("--data")) {
                value = true;
            } else if (!word.startsWith("-")) {
                return Optional.of(word);
            }
        }
        return Optional.empty();
    }

    static boolean has(String name) {
        return NAMES.contains(name) || HIDDEN.contains(name);
    }

    /** The parser with the one command among the words, or with all of them for the help. */
    static CommandLine parserFor(List<String> words) {
        CommandLine parser = new CommandLine(new RootCommand());
        Optional<String> word = commandWord(words).filter(CommandTable::has);
        if (word.isPresent()) {
            String name = word.get();
            parser.addSubcommand(name, command(name));
        } else {
            NAMES.forEach(name -> parser.addSubcommand(name, command(name)));
        }
        return parser.setExpandAtFiles(false).setCaseInsensitiveEnumValuesAllowed(true).setUsageHelpWidth(110);
    }
}
