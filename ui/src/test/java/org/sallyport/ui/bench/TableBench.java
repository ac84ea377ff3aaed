package org.sallyport.ui.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.ui.shell.AppHooks;
import org.sallyport.ui.shell.Shell;
import org.sallyport.ui.testkit.TestDesktop;

/**
 * Opens the window over a long list that gets a snapshot twice a second, and prints as JSON how long the FX thread could not be had:
 * the time from asking it to run something until it did, tried every few milliseconds. No test: see app/bench/scale.py table.
 *
 * <p>Arguments: torrents, seconds a phase, then phases: {@code rest} nothing changes, {@code some} 50 torrents move, {@code sorted} the same
 * with the table sorted by the down rate, {@code all} every torrent changes, {@code typing} a search is typed, letter by letter.
 */
public final class TableBench {
    private static final int SOME = 50;
    private static final long PROBE_EVERY_MILLIS = 4;
    private static final Duration WARM_UP = Duration.ofSeconds(6);

    private final LongList list;
    private final ScheduledExecutorService probes = Executors.newSingleThreadScheduledExecutor();
    private final int torrents;

    private TableBench(int torrents) {
        this.torrents = torrents;
        this.list = new LongList(torrents);
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("table-bench");
        TableBench bench = new TableBench(Integer.parseInt(args[0]));
        CompletableFuture<Stage> shown = new CompletableFuture<>();
        Platform.startup(() -> shown.complete(bench.open(folder)));
        Stage stage = shown.get(60, TimeUnit.SECONDS);
        for (String phase : Arrays.asList(args).subList(2, args.length)) {
            bench.measure(stage, phase, Duration.ofSeconds(Long.parseLong(args[1])));
        }
        System.exit(0); // the window's threads and those of the engine in memory would go on
    }

    private Stage open(Path folder) {
        Stage stage = new Stage();
        stage.setWidth(1400);
        stage.setHeight(900);
        Shell.open(stage, list.engine(), new AppHooks() {
            @Override
            public CompletableFuture<Outcome<InfoHash>> runSample() {
                return CompletableFuture.completedFuture(Outcome.failed("There is no sample here."));
            }

            @Override
            public String version() {
                return "0.1.0";
            }

            @Override
            public Path windowStateFile() {
                return folder.resolve("window.json");
            }
        }, new TestDesktop().desktop(Duration.ofSeconds(10)), () -> { });
        return stage;
    }

    @SuppressWarnings("unchecked")
    private void measure(Stage stage, String phase, Duration length) throws Exception {
        list.move(phase.equals("all") ? torrents : phase.equals("rest") ? 0 : SOME);
        Platform.runLater(() -> {
            TableView<Object> table = (TableView<Object>) stage.getScene().lookup("#transfersTable");
            table.getSortOrder().clear();
            if (phase.equals("sorted")) {
                TableColumn<Object, ?> down = table.getColumns().stream().filter(c -> c.getId().equals("transfersDownColumn"))
                        .findFirst().orElseThrow();
                down.setSortType(TableColumn.SortType.DESCENDING);
                table.getSortOrder().setAll(List.of(down));
            }
        });
        Optional<ScheduledFuture<?>> typing = phase.equals("typing") ? Optional.of(type((TextField) stage.getScene().lookup("#transfersSearchField")))
                : Optional.empty();
        Delays delays = new Delays(probes, PROBE_EVERY_MILLIS);
        pass(WARM_UP);
        long before = fxNanos();
        delays.begin();
        pass(length);
        long used = fxNanos() - before;
        Delays.Summary found = delays.end();
        typing.ifPresent(now -> now.cancel(false));
        System.out.printf(Locale.ROOT, "{\"measured\": \"table\", \"torrents\": %d, \"phase\": \"%s\", \"probes\": %d, \"longestMillis\": %.1f, "
                        + "\"p99Millis\": %.1f, \"medianMillis\": %.2f, \"fxPercentOfACore\": %.1f}%n",
                torrents, phase, found.count(), found.longest(), found.p99(), found.median(), 100.0 * used / length.toNanos());
    }

    private ScheduledFuture<?> type(TextField search) {
        String[] words = {"torr", "torrent 1", "torrent 12", "torrent 123", "torrent 1234", "torrent 123", "torrent 1", "", "nothing", ""};
        int[] next = {0};
        return probes.scheduleAtFixedRate(() -> Platform.runLater(() -> search.setText(words[next[0]++ % words.length])), 0, 300,
                TimeUnit.MILLISECONDS);
    }

    private static void pass(Duration time) {
        CompletableFuture.runAsync(() -> { }, CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)).join();
    }

    private static long fxNanos() {
        var threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds())).filter(t -> t != null && t.getThreadName().startsWith("JavaFX Appl"))
                .mapToLong(t -> threads.getThreadCpuTime(t.getThreadId())).sum();
    }
}
