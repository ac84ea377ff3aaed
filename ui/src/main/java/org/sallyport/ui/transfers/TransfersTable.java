package org.sallyport.ui.transfers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import javafx.beans.binding.Bindings;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.sallyport.ui.control.Columns;
import org.sallyport.ui.control.ProgressCell;
import org.sallyport.ui.control.WindowState;
import org.sallyport.ui.i18n.Words;

/** Columns, order and memory of the Downloads table. */
final class TransfersTable {
    private static final String KEY_ORDER = "transfers.columns";
    private static final String KEY_SORT = "transfers.sort";
    private static final String KEY_WIDTH = "transfers.width.";

    private final TableView<TransferRow> table;
    private final WindowState memory;

    TransfersTable(TableView<TransferRow> table, TransfersViewModel model, WindowState memory) {
        this.table = table;
        this.memory = memory;
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        table.setSortPolicy(t -> {
            Comparator<TransferRow> chosen = t.getComparator();
            model.setOrder(chosen == null ? ListedRows.byTimeAdded() : chosen);
            return true;
        });
        defineColumns();
        queueAndLabels(model);
        table.setItems(model.rows());
        model.aroundLargeChanges(this::keepSelection);
        recall();
    }

    /** JavaFX loses track of what is selected when rows between others leave at once: they are selected anew. */
    private void keepSelection(Runnable change) {
        TableView.TableViewSelectionModel<TransferRow> selection = table.getSelectionModel();
        Set<TransferRow> before = new HashSet<>(selection.getSelectedItems());
        selection.clearSelection();
        change.run();
        if (!before.isEmpty()) {
            IntStream.range(0, table.getItems().size()).filter(i -> before.contains(table.getItems().get(i))).forEach(selection::select);
        }
    }

    private void defineColumns() {
        TableColumn<TransferRow, TransferRow.Title> name = column("transfersNameColumn");
        name.setCellValueFactory(cell -> cell.getValue().titleProperty());
        name.setCellFactory(c -> new TitleCell());
        width(name, 112, 240, Double.MAX_VALUE);

        TableColumn<TransferRow, TransferRow.Standing> state = column("transfersStateColumn");
        state.setCellValueFactory(cell -> cell.getValue().standingProperty());
        state.setCellFactory(c -> new StandingCell());
        width(state, 112, 240, Double.MAX_VALUE);

        TableColumn<TransferRow, Safety> safety = column("transfersSafetyColumn");
        safety.setCellValueFactory(cell -> cell.getValue().safetyProperty());
        safety.setCellFactory(c -> new SafetyCell());
        width(safety, 104, 112, 124);

        TableColumn<TransferRow, Number> size = column("transfersSizeColumn");
        size.setCellValueFactory(cell -> cell.getValue().sizeProperty());
        numbers(size, Number::longValue, Words::size, 78);

        TableColumn<TransferRow, Number> done = column("transfersDoneColumn");
        done.setCellValueFactory(cell -> cell.getValue().progressProperty());
        done.setCellFactory(c -> new ProgressCell<>());
        width(done, 92, 128, 176);

        TableColumn<TransferRow, Number> down = column("transfersDownColumn");
        down.setCellValueFactory(cell -> cell.getValue().downRateProperty());
        numbers(down, Number::longValue, Words::rate, 84);

        TableColumn<TransferRow, Number> up = column("transfersUpColumn");
        up.setCellValueFactory(cell -> cell.getValue().upRateProperty());
        numbers(up, Number::longValue, Words::rate, 84);

        TableColumn<TransferRow, Number> eta = column("transfersEtaColumn");
        eta.setCellValueFactory(cell -> cell.getValue().etaProperty());
        numbers(eta, Number::longValue, Words::timeLeft, 84);

        TableColumn<TransferRow, Number> peers = column("transfersPeersColumn");
        peers.setCellValueFactory(cell -> cell.getValue().peersProperty());
        numbers(peers, Number::longValue, count -> Long.toString(count), 54);

        TableColumn<TransferRow, Number> ratio = column("transfersRatioColumn");
        ratio.setCellValueFactory(cell -> cell.getValue().ratioProperty());
        ratio.setCellFactory(Columns.right(value -> Words.ratio(value.doubleValue())));
        ratio.setComparator(Comparator.comparingDouble(Number::doubleValue));
        Columns.alignRight(ratio);
        width(ratio, 56, 56, 64);
    }

    private void queueAndLabels(TransfersViewModel model) {
        TableColumn<TransferRow, Number> queue = column("transfersQueueColumn");
        queue.setCellValueFactory(cell -> cell.getValue().queueProperty());
        numbers(queue, Number::longValue, position -> Long.toString(position), 40);

        TableColumn<TransferRow, String> labels = column("transfersLabelsColumn");
        labels.setCellValueFactory(cell -> cell.getValue().labelsProperty());
        labels.setCellFactory(Columns.left(Function.identity()));
        width(labels, 50, 96, 240);
        // no room is taken by what nobody uses
        labels.visibleProperty().bind(Bindings.size(model.labelFilter().offered()).greaterThan(1));
        labels.visibleProperty().addListener(o -> shareWidth());
    }

    /** A column that comes in late would push others out: setting the policy again shares the width among all. */
    private void shareWidth() {
        table.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
    }

    private static void numbers(TableColumn<TransferRow, Number> column, ToLongFunction<Number> asLong, Function<Long, String> words, double width) {
        column.setCellFactory(Columns.right(value -> words.apply(asLong.applyAsLong(value))));
        column.setComparator(Comparator.comparingLong(asLong));
        Columns.alignRight(column);
        width(column, width, width, width * 1.15);
    }

    private static void width(TableColumn<?, ?> column, double least, double usual, double most) {
        column.setMinWidth(least);
        column.setPrefWidth(usual);
        column.setMaxWidth(most);
    }

    /** The FXML names the columns; what a column holds is known only here. */
    @SuppressWarnings("unchecked")
    private <T> TableColumn<TransferRow, T> column(String id) {
        return (TableColumn<TransferRow, T>) find(id);
    }

    private TableColumn<TransferRow, ?> find(String id) {
        return table.getColumns().stream().filter(c -> id.equals(c.getId())).findFirst().orElseThrow();
    }

    private void recall() {
        List<TableColumn<TransferRow, ?>> inOrder = new ArrayList<>();
        List<String> wanted = memory.words(KEY_ORDER);
        wanted.forEach(id -> table.getColumns().stream().filter(c -> id.equals(c.getId()) && !inOrder.contains(c)).forEach(inOrder::add));
        table.getColumns().stream().filter(c -> !inOrder.contains(c)).forEach(inOrder::add);
        if (!wanted.isEmpty()) {
            table.getColumns().setAll(inOrder);
        }
        for (TableColumn<TransferRow, ?> column : table.getColumns()) {
            column.setPrefWidth(memory.number(KEY_WIDTH + column.getId(), column.getPrefWidth()));
        }
        List<String> sort = memory.words(KEY_SORT);
        if (sort.size() == 2) {
            table.getColumns().stream().filter(c -> sort.get(0).equals(c.getId())).findFirst().ifPresent(column -> {
                column.setSortType("DESCENDING".equals(sort.get(1)) ? TableColumn.SortType.DESCENDING : TableColumn.SortType.ASCENDING);
                table.getSortOrder().setAll(List.of(column));
            });
        }
    }

    void remember() {
        memory.put(KEY_ORDER, table.getColumns().stream().map(TableColumn::getId).toList());
        table.getColumns().forEach(column -> memory.put(KEY_WIDTH + column.getId(), column.getWidth()));
        memory.put(KEY_SORT, table.getSortOrder().stream().limit(1)
                .flatMap(column -> List.of(column.getId(), column.getSortType().name()).stream()).toList());
    }
}
