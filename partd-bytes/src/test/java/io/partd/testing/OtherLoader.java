package io.partd.testing;

import io.partd.Partds;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** A second copy of the library in this JVM, which shares no class with the first. */
public final class OtherLoader implements AutoCloseable {
    private final URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());

    private static URL[] classPath() {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
        URL[] urls = new URL[entries.length];
        try {
            for (int i = 0; i < entries.length; i++)
                urls[i] = Path.of(entries[i]).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
        return urls;
    }

    /** Opens a store with the other copy. */
    public AutoCloseable file(Path directory) {
        return open("file", directory);
    }

    public AutoCloseable tempFile(Path parent) {
        return open("tempFile", parent);
    }

    private AutoCloseable open(String factory, Path path) {
        try {
            Class<?> partds = loader.loadClass(Partds.class.getName());
            return (AutoCloseable) partds.getMethod(factory, Path.class).invoke(null, path);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new AssertionError(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return loader.toString();
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
