package io.partd.cli;

import io.partd.cli.common.Memory;

/** Tells the script the flags that give the JVM of a shuffle its memory, which have to be there before it starts. */
final class MemoryFlags {
    private static final String OPTION = "--memory";

    private MemoryFlags() {}

    /** The arguments are those of the command; nothing is printed where the size is none, which the command says. */
    public static void main(String[] args) {
        String size = size(args);
        if (Memory.isSize(size)) System.out.println(Memory.parse(size).jvmFlags());
    }

    private static String size(String... args) {
        String size = Memory.DEFAULT;
        for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
            if (args[i].startsWith(OPTION + "=")) size = args[i].substring(OPTION.length() + 1);
            else if (args[i].equals(OPTION)) size = i + 1 < args.length ? args[i + 1] : "";
        }
        return size;
    }
}
