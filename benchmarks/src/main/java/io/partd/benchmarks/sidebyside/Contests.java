package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.data.ByteSums;
import io.partd.benchmarks.data.Shape;
import io.partd.benchmarks.data.Task;
import io.partd.benchmarks.peers.ByteStore;

/** Which class runs a task. */
final class Contests {
    private Contests() {}

    static PeerRun of(Task task) {
        return switch (task.workload()) {
            case "W1" -> new ByteContest(task, Shape.SMALL);
            case "W2" -> new ByteContest(task, Shape.HEAP);
            case "W3", "W7" -> new TableContest(task);
            case "W4" -> new ArrayContest(task);
            case "W6" -> new FlightContest(task);
            case "W8" -> new WriterContest(task);
            case "limits" -> new LimitContest(task);
            default -> throw new IllegalArgumentException("no such workload: " + task.workload());
        };
    }

    /** What {@link PeerRun#check} gives when nothing is lost, by the data alone. */
    static String expected(Task task) throws Exception {
        return switch (task.workload()) {
            case "W1" -> ByteStore.expected(task.sizes(), Shape.SMALL, ByteSums.WHOLE);
            case "W2" -> ByteStore.expected(task.sizes(), Shape.HEAP, ByteSums.WHOLE);
            case "W3", "W7" -> TableContest.expected(task);
            case "W4" -> ArrayContest.expected(task.sizes());
            case "W6" -> FlightContest.expected(task);
            case "W8" ->
                ByteStore.expected(task.sizes(), Shape.HEAP, task.sizes().chunkBytes());
            default -> "";
        };
    }
}
