package io.partd.hadoop;

import org.junit.jupiter.api.Tag;

@Tag("slow")
final class HdfsStoresTest extends StoresContract {
    HdfsStoresTest() {
        super(Hdfs.INSTANCE);
    }
}
