package io.partd.cli.common;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** DuckDB in this process, which writes the files that are not Arrow's. */
public final class DuckDb {
    private DuckDb() {}

    /** A connection to a database of its own. */
    public static Connection connect(Memory memory) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("memory_limit", memory.forDuckDb() + "B");
        settings.setProperty("threads", String.valueOf(memory.threads()));
        settings.setProperty("temp_directory", System.getProperty("java.io.tmpdir") + "/partd-duckdb");
        // What a command needs is built in: nothing is fetched from the network.
        settings.setProperty("autoinstall_known_extensions", "false");
        return DriverManager.getConnection("jdbc:duckdb:", settings);
    }

    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
