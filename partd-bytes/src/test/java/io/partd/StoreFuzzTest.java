package io.partd;

import io.partd.file.StoreFiles;
import io.partd.log.NewerFormatException;
import io.partd.log.Resealed;
import io.partd.testing.BoundedRead;
import io.partd.testing.Fuzz;
import io.partd.testing.InMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Fuzzing of the reader of stores: files with any change are read, or said to be broken, at little cost. */
class StoreFuzzTest {
    /** All that the samples append: whatever is lost, nothing else may be read. */
    private static final Pattern CHUNKS =
            Pattern.compile("(one|two, and more of it|1|head|after|x{40}|before|replaced|new)*");

    @TempDir(factory = InMemory.class)
    Path directory;

    /** Mutations of whole stores; longer with {@code -Dpartd.fuzz.seconds}. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void mutatedStores() {
        for (SampleStores.Sample sample : SampleStores.all(directory)) {
            List<byte[]> others = List.copyOf(sample.files().values());
            Fuzz.run("a store, " + sample.name(), random -> mutate(sample, random, others));
        }
    }

    private void mutate(SampleStores.Sample sample, Random random, List<byte[]> others) {
        List<String> names = List.copyOf(sample.files().keySet());
        String name = names.get(random.nextInt(names.size()));
        byte[] mutated = Fuzz.mutate(random, sample.files().get(name), others);
        boolean sealed = random.nextBoolean();
        if (sealed) Resealed.reseal(name, ByteBuffer.wrap(mutated).order(ByteOrder.LITTLE_ENDIAN));
        StoreFiles.put(SampleStores.with(sample, name, mutated), directory.resolve("store"));
        try {
            SortedMap<String, Bytes> content = BoundedRead.content(directory.resolve("store"));
            if (!sealed && content != null) content.forEach(StoreFuzzTest::expectChunks);
        } catch (NewerFormatException e) {
            assertTrue(sealed, e.getMessage());
        }
    }

    private static void expectChunks(String key, Bytes value) {
        assertTrue(CHUNKS.matcher(value.toUtf8()).matches(), key + " is " + value.toUtf8());
    }
}
