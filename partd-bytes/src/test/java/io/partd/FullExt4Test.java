package io.partd;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;

/** The same on a file system that has a journal, and gives out blocks late. */
class FullExt4Test extends FullDiskTest {
    @BeforeEach
    @Override
    void mount() throws IOException {
        disk = SmallDisk.ext4(parent, 6);
    }
}
