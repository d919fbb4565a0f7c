package io.partd.cli.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import picocli.CommandLine;

/**
 * Picocli's classes, of Java 5, as class files of Java 17. JVMs put none into archives that are older than Java 6, and
 * read and check them at each start instead.
 */
final class PicocliClasses {
    private PicocliClasses() {}

    /** Writes the jar with such classes to a directory. */
    static void renew(Path directory) throws IOException, URISyntaxException {
        RewrittenJar.write(CommandLine.class, directory, PicocliClasses::renew);
    }

    private static boolean renew(String name, InputStream in, OutputStream out) throws IOException {
        if (!name.endsWith(".class") || name.endsWith("module-info.class")) in.transferTo(out);
        else out.write(renewed(new ClassReader(in)));
        return true;
    }

    private static byte[] renewed(ClassReader old) {
        ClassWriter renewed = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected ClassLoader getClassLoader() {
                return CommandLine.class.getClassLoader();
            }
        };
        old.accept(
                new ClassVisitor(Opcodes.ASM9, renewed) {
                    @Override
                    public void visit(
                            int version, int access, String name, String generic, String above, String[] interfaces) {
                        super.visit(Opcodes.V17, access, name, generic, above, interfaces);
                    }
                },
                ClassReader.SKIP_FRAMES);
        return renewed.toByteArray();
    }
}
