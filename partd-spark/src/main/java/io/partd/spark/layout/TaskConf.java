package io.partd.spark.layout;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Hadoop's settings for tasks. An executor gets them once, and not with each task: to read a thousand settings takes
 * longer than to read some values.
 */
public final class TaskConf implements Serializable {
    private static final long serialVersionUID = 1;

    private final Broadcast<SerializableConfiguration> settings;

    private TaskConf(Broadcast<SerializableConfiguration> settings) {
        this.settings = settings;
    }

    /** To be called on the driver. */
    public static TaskConf of(Configuration conf) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(SparkContext.getOrCreate());
        return new TaskConf(context.broadcast(new SerializableConfiguration(conf)));
    }

    /** The settings, which nobody changes. */
    public Configuration get() {
        return settings.value().value();
    }
}
