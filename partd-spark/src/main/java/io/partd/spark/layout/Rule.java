package io.partd.spark.layout;

import io.partd.arrow.partition.PartitionerText;
import java.util.List;
import java.util.Locale;

/**
 * A partitioner, taken apart.
 *
 * @param parts the number of parts, where it is known
 */
public record Rule(Kind kind, int parts, List<String> columns) {
    public enum Kind {
        HASH,
        RANGE,
        VALUES
    }

    static Rule of(PartitionerText.Parsed text) {
        List<Object> arguments = text.arguments();
        Kind kind = Kind.valueOf(text.kind().toUpperCase(Locale.ROOT));
        return switch (kind) {
            case HASH ->
                new Rule(kind, ((Long) arguments.get(0)).intValue(), names(arguments.subList(1, arguments.size())));
            case RANGE -> new Rule(kind, arguments.size(), names(arguments.subList(0, 1)));
            case VALUES -> new Rule(kind, 0, names(arguments));
        };
    }

    private static List<String> names(List<Object> arguments) {
        return arguments.stream().map(String.class::cast).toList();
    }
}
