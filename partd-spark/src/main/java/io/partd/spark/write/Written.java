package io.partd.spark.write;

import io.partd.hadoop.WrittenSegment;
import java.util.List;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/** What a task wrote, for the driver. */
record Written(List<WrittenSegment> segments) implements WriterCommitMessage {
    private static final long serialVersionUID = 1;
}
