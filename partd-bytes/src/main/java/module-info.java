/** A key-value byte store whose values grow by appending, its stores and its byte codecs. */
// lz4-java, snappy-java and blosc-java declare no module; partd-flight is compiled after this one
@SuppressWarnings({"requires-automatic", "module"})
module io.partd {
    requires blosc.java;
    requires com.github.luben.zstd_jni;
    requires static jdk.jfr; // a runtime without it records no events
    requires jdk.unsupported; // for Fory, which needs it on JDK 25 and there does not require it itself
    requires org.apache.commons.compress;
    requires org.apache.fory.core;
    requires org.lz4.java;
    requires org.xerial.snappy;

    exports io.partd;
    exports io.partd.base to
            io.partd.arrow,
            io.partd.duckdb,
            io.partd.flight,
            io.partd.hadoop;
    exports io.partd.disk to
            io.partd.hadoop;
    exports io.partd.file to
            io.partd.duckdb;
    exports io.partd.log to
            io.partd.hadoop;
    exports io.partd.marks to
            io.partd.flight;
    exports io.partd.text to
            io.partd.cli,
            io.partd.duckdb,
            io.partd.notebook;

    uses io.partd.Progress.Display;
}
