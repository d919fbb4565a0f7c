package io.partd.hadoop.testing;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;

/** A file system to test on. */
public interface FileSystemUnderTest {
    Configuration conf();

    /** A directory that nobody has used. */
    URI fresh();
}
