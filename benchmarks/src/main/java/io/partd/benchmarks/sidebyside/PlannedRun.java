package io.partd.benchmarks.sidebyside;

import io.partd.benchmarks.data.Task;
import io.partd.benchmarks.peers.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A peer at a workload, which a process runs in each round.
 *
 * @param group the workload as a heading
 * @param label the peer as the table calls it
 * @param command the program and its flags, which the task follows
 * @param rounds in how many rounds it runs
 */
record PlannedRun(String group, String label, Task task, List<String> command, int rounds) {

    String name() {
        return group + ": " + label;
    }

    boolean isOurs() {
        return Peer.isOurs(task.peer());
    }

    List<String> fullCommand() {
        List<String> all = new ArrayList<>(command);
        all.addAll(task.arguments());
        return all;
    }

    /** What is the same for all who have to hold the same in the end. */
    Task source() {
        Task source = new Task(task.workload(), "", Map.of());
        for (String name : List.of("scale", "times", "parts", "flights")) {
            if (task.settings().containsKey(name)) source = source.with(name, task.text(name));
        }
        return source;
    }
}
