package io.partd.hadoop;

import io.partd.hadoop.testing.Hdfs;
import org.junit.jupiter.api.Tag;

@Tag("slow")
final class HdfsStoresTest extends StoresContract {
    HdfsStoresTest() {
        super(Hdfs.INSTANCE);
    }
}
