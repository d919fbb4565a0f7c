package io.partd.hadoop;

final class S3StoresTest extends StoresContract {
    S3StoresTest() {
        super(S3.INSTANCE);
    }
}
