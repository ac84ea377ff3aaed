package org.sallyport.app.cli;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.TorrentOptions;
import org.sallyport.core.model.TorrentPreview;

/** What {@code set HASH KEY=VALUE} can change among a torrent's options, and how a value is understood. */
final class OptionKeys {
    private static final String NEVER = "never";
    private static final Map<String, Key> KEYS = keys();

    private OptionKeys() { }

    /** A value that was understood, as a change. */
    @FunctionalInterface
    interface Change {
        TorrentOptions apply(TorrentOptions before, TorrentPreview torrent) throws CommandFailedException;
    }

    private interface Key {
        Change read(String value) throws CommandFailedException;
    }

    private static Map<String, Key> keys() {
        Map<String, Key> keys = new TreeMap<>();
        keys.put("priority", OptionKeys::priority);
        keys.put("sequential", flag(TorrentOptions::withSequential));
        keys.put("first-last", flag(TorrentOptions::withFirstAndLast));
        keys.put("super-seeding", flag(TorrentOptions::withSuperSeeding));
        keys.put("force", flag(TorrentOptions::withForced));
        keys.put("dht", flag((o, on) -> o.withDiscovery(on, o.exchange())));
        keys.put("exchange", flag((o, on) -> o.withDiscovery(o.dht(), on)));
        keys.put("down", rate((o, rate) -> o.withLimits(rate, o.upLimit())));
        keys.put("up", rate((o, rate) -> o.withLimits(o.downLimit(), rate)));
        keys.put("ratio", value -> {
            double ratio = value.equals(NEVER) ? -1 : number("ratio", value, Double::parseDouble);
            return goal(g -> new SeedGoal(ratio, g.minutes(), g.idleMinutes(), g.then()));
        });
        keys.put("seed-minutes", value -> {
            int minutes = minutes("seed-minutes", value);
            return goal(g -> new SeedGoal(g.ratio(), minutes, g.idleMinutes(), g.then()));
        });
        keys.put("idle-minutes", value -> {
            int minutes = minutes("idle-minutes", value);
            return goal(g -> new SeedGoal(g.ratio(), g.minutes(), minutes, g.then()));
        });
        keys.put("then", value -> {
            SeedGoal.Then then = constant("then", SeedGoal.Then.class, value);
            return goal(g -> new SeedGoal(g.ratio(), g.minutes(), g.idleMinutes(), then));
        });
        keys.put("labels", value -> {
            var labels = Arrays.stream(value.split(",")).map(String::strip).filter(label -> !label.isEmpty()).collect(Collectors.toSet());
            return (before, torrent) -> before.withLabels(labels);
        });
        return keys;
    }

    static List<String> names() {
        return List.copyOf(KEYS.keySet());
    }

    /** @return empty if there is no such key @throws CommandFailedException usage, if the value is none for it */
    static Optional<Change> read(String key, String value) throws CommandFailedException {
        Key known = KEYS.get(key);
        return known == null ? Optional.empty() : Optional.of(known.read(value));
    }

    /** {@code GLOB:PRIORITY}; a pattern without {@code /} is for a file's name, as with {@code --only}. */
    private static Change priority(String value) throws CommandFailedException {
        int colon = value.lastIndexOf(':');
        if (colon <= 0) {
            throw new CommandFailedException(Exit.USAGE, "Write priority=PATTERN:PRIORITY, such as priority=*.mkv:high or priority=*:normal.");
        }
        FilePriority priority = constant("priority", FilePriority.class, value.substring(colon + 1));
        List<String> globs = List.of(value.substring(0, colon));
        return (before, torrent) -> {
            Map<Integer, FilePriority> priorities = new HashMap<>(before.priorities());
            for (int file : FileSelection.of(globs, torrent)) {
                priorities.put(file, priority);
            }
            priorities.values().removeIf(FilePriority.NORMAL::equals);
            return before.withPriorities(priorities);
        };
    }

    private static Key flag(BiFunction<TorrentOptions, Boolean, TorrentOptions> change) {
        return value -> {
            if (!value.equals("on") && !value.equals("off")) {
                throw new CommandFailedException(Exit.USAGE, "'" + value + "' is neither on nor off.");
            }
            return (before, torrent) -> change.apply(before, value.equals("on"));
        };
    }

    private static Key rate(BiFunction<TorrentOptions, Long, TorrentOptions> change) {
        return value -> {
            try {
                long rate = Amounts.parseRate(value);
                return (before, torrent) -> change.apply(before, rate);
            } catch (IllegalArgumentException e) {
                throw new CommandFailedException(Exit.USAGE, e.getMessage(), e);
            }
        };
    }

    private static Change goal(UnaryOperator<SeedGoal> change) {
        return (before, torrent) -> before.withGoal(change.apply(before.goal()));
    }

    private static int minutes(String key, String value) throws CommandFailedException {
        return value.equals(NEVER) ? -1 : number(key, value, Integer::parseInt);
    }

    private static <N extends Number> N number(String key, String value, Function<String, N> parse) throws CommandFailedException {
        try {
            N number = parse.apply(value);
            if (number.doubleValue() >= 0 && Double.isFinite(number.doubleValue())) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new CommandFailedException(Exit.USAGE, key + " takes a number, or never; '" + value + "' is neither.", e);
        }
        throw new CommandFailedException(Exit.USAGE, key + " takes a number from 0, or never; '" + value + "' is neither.");
    }

    private static <E extends Enum<E>> E constant(String key, Class<E> type, String value) throws CommandFailedException {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
                return constant;
            }
        }
        throw new CommandFailedException(Exit.USAGE, "'" + value + "' is no " + key + ". It is one of "
                + Arrays.stream(type.getEnumConstants()).map(Words::plain).collect(Collectors.joining(", ")) + ".");
    }
}
