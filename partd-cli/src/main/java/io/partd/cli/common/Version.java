package io.partd.cli.common;

/** The version of this program, and what it runs on. */
public final class Version {
    private Version() {}

    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return "partd " + (version == null ? "(not packaged)" : version) + ", on Java "
                + System.getProperty("java.version");
    }
}
