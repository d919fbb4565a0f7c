package io.partd.hadoop;

import io.partd.Bytes;
import io.partd.hadoop.testing.S3;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Tag("slow")
final class S3StoresTest extends StoresContract {
    private static final int COMMITS = 3;

    S3StoresTest() {
        super(S3.INSTANCE);
    }

    @Test
    void openingListsNothingUnlessTheHintIsGone() throws IOException {
        for (int i = 0; i < COMMITS; i++) {
            Commit commit = Commit.to(store(), conf, "job " + i);
            for (int task = 0; task < 4; task++) commit.add(task(Map.of("a", Bytes.utf8("x")), Map.of()));
            commit.run();
        }
        assertEquals(0, listsOfOpening());
        try (HadoopMedium files = HadoopMedium.of(store(), conf)) {
            files.delete(HadoopMedium.HINT);
        }
        assertEquals(1, listsOfOpening());
    }

    private long listsOfOpening() {
        S3 s3 = S3.INSTANCE;
        long lists = s3.lists.get();
        long requests = s3.requests.get();
        try (HadoopPartd partd = HadoopPartd.open(store(), conf)) {
            // each of hint, manifest and indexes is looked for and read, and what is not there looked for twice
            long opening = s3.requests.get() - requests;
            assertTrue(opening <= 2 * (2 + COMMITS) + 2 * 2 + 1, opening + " requests");
            assertEquals(4 * COMMITS, partd.snapshot().chunks("a"));
        }
        return s3.lists.get() - lists;
    }
}
