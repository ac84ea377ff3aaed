package org.sallyport.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The commands by name. Only the one that was typed is built: reading the annotations of all of them costs a
 * noticeable part of a short command's time.
 */
final class CommandTable {
    private static final Map<String, Supplier<Object>> COMMANDS = commands();
    /** Called by other parts of the program, not listed in the help. */
    private static final Map<String, Supplier<Object>> HIDDEN = Map.of(
            "show-window", ShowWindowCommand::new,
            "sample-server", SampleServerCommand::new);

    private CommandTable() { }

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> table = new LinkedHashMap<>();
        table.put("get", GetCommand::new);
        table.put("seed", SeedCommand::new);
        table.put("daemon", DaemonCommand::new);
        table.put("add", AddCommand::new);
        table.put("list", ListCommand::new);
        table.put("show", ShowCommand::new);
        table.put("files", FilesCommand::new);
        table.put("peers", PeersCommand::new);
        table.put("trackers", TrackersCommand::new);
        table.put("start", StartCommand::new);
        table.put("pause", PauseCommand::new);
        table.put("remove", RemoveCommand::new);
        table.put("recheck", RecheckCommand::new);
        table.put("move", MoveCommand::new);
        table.put("locate", LocateCommand::new);
        table.put("rename", RenameCommand::new);
        table.put("export", ExportCommand::new);
        table.put("magnet", MagnetCommand::new);
        table.put("ban", BanCommand::new);
        table.put("set", SetCommand::new);
        table.put("queue", QueueCommand::new);
        table.put("why", WhyCommand::new);
        table.put("share", ShareCommand::new);
        table.put("create", CreateCommand::new);
        table.put("inspect", InspectCommand::new);
        table.put("publisher", PublisherCommand::new);
        table.put("port", PortCommand::new);
        table.put("firewall", FirewallCommand::new);
        table.put("blocklist", BlocklistCommand::new);
        table.put("limits", LimitsCommand::new);
        table.put("schedule", ScheduleCommand::new);
        table.put("discovery", DiscoveryCommand::new);
        table.put("device", DeviceCommand::new);
        table.put("scan", ScanCommand::new);
        table.put("quarantine", QuarantineCommand::new);
        table.put("events", EventsCommand::new);
        table.put("quit", QuitCommand::new);
        table.put("sample", SampleCommand::new);
        table.put("version", VersionCommand::new);
        return table;
    }

    static Set<String> names() {
        return COMMANDS.keySet();
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
        return COMMANDS.containsKey(name) || HIDDEN.containsKey(name);
    }

    /** The parser with the one command among the words, or with all of them for the help. */
    static CommandLine parserFor(List<String> words) {
        CommandLine parser = new CommandLine(new RootCommand());
        Optional<String> word = commandWord(words).filter(CommandTable::has);
        if (word.isPresent()) {
            String name = word.get();
            parser.addSubcommand(name, COMMANDS.getOrDefault(name, HIDDEN.get(name)).get());
        } else {
            COMMANDS.forEach((name, command) -> parser.addSubcommand(name, command.get()));
        }
        return parser.setExpandAtFiles(false).setCaseInsensitiveEnumValuesAllowed(true).setUsageHelpWidth(110);
    }
}
