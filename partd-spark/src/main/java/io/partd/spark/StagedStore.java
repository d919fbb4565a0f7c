package io.partd.spark;

import io.partd.spark.write.Target;
import org.apache.spark.sql.connector.catalog.StagedTable;

/** A table that is made or replaced by the commit of its rows, and is not there before. */
final class StagedStore extends PartdTable implements StagedTable {
    StagedStore(Target target) {
        super(target, null);
    }

    /** The rows' commit has made it already. */
    @Override
    public void commitStagedChanges() {}

    /** Nothing was made. */
    @Override
    public void abortStagedChanges() {}
}
