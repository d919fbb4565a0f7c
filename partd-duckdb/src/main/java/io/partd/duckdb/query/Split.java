package io.partd.duckdb.query;

import io.partd.arrow.Partitioner;
import io.partd.arrow.partition.PartitionerText;
import java.util.List;

/** A partitioner, taken apart: {@code hash}, {@code range} or {@code values} of columns. */
public record Split(String kind, List<String> columns) {
    public static Split of(Partitioner partitioner) {
        PartitionerText.Parsed parsed = PartitionerText.parse(partitioner.toString());
        List<Object> arguments = parsed.arguments();
        int from = parsed.kind().equals("hash") ? 1 : 0;
        int to = parsed.kind().equals("range") ? 1 : arguments.size();
        return new Split(
                parsed.kind(),
                arguments.subList(from, to).stream().map(String.class::cast).toList());
    }

    public boolean isRange() {
        return kind.equals("range");
    }
}
