package org.sallyport.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What byte code does not show: rules over the source files below one folder. Complaints are sorted by file; empty when all is well. */
record SourceRules(Path folder) {

    private static final Pattern JOB = Pattern.compile("^/\\*\\*\\s(?<text>.*?)\\*/\\s*@NullMarked\\s*package ", Pattern.DOTALL);
    private static final Pattern NO_CODE = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'", Pattern.DOTALL);
    private static final Pattern LOCK = Pattern.compile("\\bsynchronized\\b");
    /** A question may stand before the sentence that answers it. */
    private static final Pattern SENTENCE_END = Pattern.compile("[.!](\\s|$)");

    /** Every package has a {@code package-info} with {@code @NullMarked} and its job in one sentence. */
    List<String> packagesSayTheirJob() {
        var packages = new TreeMap<Path, String>();
        for (Path file : sources()) {
            packages.putIfAbsent(file.getParent(), "no package-info.java");
            if (file.endsWith("package-info.java")) {
                packages.put(file.getParent(), complaintAboutJob(read(file)));
            }
        }
        packages.values().removeIf(String::isEmpty);
        return packages.entrySet().stream().map(entry -> relative(entry.getKey()) + ": " + entry.getValue()).toList();
    }

    /** Nobody locks outside {@code persist}: state has one owner thread. */
    List<String> onlyPersistLocks() {
        return sources().stream()
                .filter(file -> !file.getParent().endsWith(Path.of("core", "persist")))
                .filter(file -> LOCK.matcher(NO_CODE.matcher(read(file)).replaceAll(" ")).find())
                .map(file -> relative(file) + ": synchronized outside persist")
                .toList();
    }

    /** No line is longer than {@code most} characters. */
    List<String> linesFit(int most) {
        var complaints = new ArrayList<String>();
        for (Path file : sources()) {
            int number = 0;
            for (String line : read(file).split("\n", -1)) {
                number++;
                if (line.length() > most) {
                    complaints.add(relative(file) + ":" + number + ": " + line.length() + " characters");
                }
            }
        }
        return complaints;
    }

    /**
     * No file has more than {@code most} lines.
     *
     * @param longer by file name: those that have, and how many they may have; one that could do without is a complaint, too
     */
    List<String> filesFit(int most, Map<String, Integer> longer) {
        var complaints = new ArrayList<String>();
        for (Path file : sources()) {
            long lines = read(file).lines().count();
            int allowed = longer.getOrDefault(file.getFileName().toString(), most);
            if (lines > allowed) {
                complaints.add(relative(file) + ": " + lines + " lines");
            } else if (lines <= most && allowed > most) {
                complaints.add(relative(file) + ": short by now, and still named as long");
            }
        }
        return complaints;
    }

    private static String complaintAboutJob(String source) {
        Matcher job = JOB.matcher(source);
        if (!job.find()) {
            return "package-info.java does not start with a javadoc followed by @NullMarked";
        }
        String text = job.group("text").replaceAll("\\s\\*(?=\\s)", " ").strip();
        long sentences = SENTENCE_END.matcher(text).results().count();
        return sentences == 1 && SENTENCE_END.matcher(text.substring(text.length() - 1)).matches()
                ? "" : "package-info.java does not say the job in one sentence";
    }

    private List<Path> sources() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String relative(Path path) {
        return folder.relativize(path).toString().replace('\\', '/');
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
