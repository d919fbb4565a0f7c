package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.data.Task;
import java.util.List;
import java.util.OptionalDouble;

/** What the machine allowed in the same run: the speeds that those of the peers are measured by. */
record LimitSpeeds(List<Results> results) {

    /** In MB/s; empty where nothing plain does the same, or no limits ran. */
    OptionalDouble of(Results result, String phase) {
        String limit = limit(result.entry.task(), phase);
        return results.stream()
                .filter(other -> other.entry.task().workload().equals("limits"))
                .filter(other -> other.phases().contains(limit))
                .mapToDouble(other -> other.megabytesPerSecond(limit))
                .findFirst();
    }

    private static String limit(Task task, String phase) {
        if (!task.workload().matches("W[123478]")) return "";
        boolean arrays = task.workload().matches("W[124]");
        if (task.peer().matches(".*[dD]ict")) return "copy_of_arrays";
        return switch (phase) {
            case "write" -> "write_1_MiB_direct";
            case "read" -> arrays ? "files_to_arrays" : "read_1_MiB_direct";
            default -> "";
        };
    }
}
