package io.partd.hadoop;

import io.partd.hadoop.testing.Hdfs;

final class HdfsStoresTest extends StoresContract {
    HdfsStoresTest() {
        super(Hdfs.INSTANCE);
    }
}
