package io.partd.spark.write;

import io.partd.hadoop.Commit;
import io.partd.hadoop.HadoopWriter;
import io.partd.hadoop.WrittenSegment;
import io.partd.spark.layout.Layout;
import io.partd.spark.layout.Options;
import io.partd.spark.layout.TaskConf;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/**
 * The driver's side of a write: one commit makes visible what all tasks wrote, or nothing does. Files of attempts that
 * lost, and of jobs that failed, are named by no manifest; those that nobody could take away, a vacuum does.
 */
final class PartdBatchWrite implements BatchWrite {
    private final Target target;
    private final Layout layout;
    private final int[] places;
    private final Options options;
    private final String jobId;
    private boolean committing;

    PartdBatchWrite(Target target, Layout layout, int[] places, Options options, String jobId) {
        this.target = target;
        this.layout = layout;
        this.places = places;
        this.options = options;
        this.jobId = jobId;
    }

    @Override
    public DataWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
        return new TaskWriterFactory(
                target.store(),
                TaskConf.of(target.conf()),
                layout.schema(),
                layout.partitionerText(),
                places,
                options.memory(),
                options.compression().name());
    }

    @Override
    public void commit(WriterCommitMessage[] messages) {
        committing = true;
        Commit commit = Commit.to(target.store(), target.conf(), jobId);
        for (WriterCommitMessage message : messages) {
            if (message instanceof Written written) commit.add(written.segments());
        }
        switch (target.mode()) {
            case APPEND -> commit.check(layout::requireSame);
            case CREATE -> commit.createOnly();
            case REPLACE -> commit.replaceAll();
        }
        commit.properties(layout.properties());
        commit.run();
    }

    /**
     * Takes away what tasks wrote, unless a commit was begun: Spark comes here also if its outcome is not known, and
     * then a manifest may name it. What is left so is a vacuum's.
     */
    @Override
    public void abort(WriterCommitMessage[] messages) {
        if (committing) return;
        List<WrittenSegment> written = new ArrayList<>();
        for (WriterCommitMessage message : messages) {
            if (message instanceof Written each) written.addAll(each.segments());
        }
        HadoopWriter.discard(target.store(), target.conf(), written);
    }

    @Override
    public String toString() {
        return "partd " + target.store() + ", job " + jobId;
    }
}
