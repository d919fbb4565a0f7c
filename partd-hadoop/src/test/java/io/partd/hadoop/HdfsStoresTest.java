package io.partd.hadoop;

final class HdfsStoresTest extends StoresContract {
    HdfsStoresTest() {
        super(Hdfs.INSTANCE);
    }
}
