package io.partd.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What docs/architecture.md says of modules and of their packages, read as its head describes. */
final class Architecture {
    private static final Path PAGE = Path.of("../docs/architecture.md");
    private static final Pattern BLOCK =
            Pattern.compile("^## (\\S+)\n(?:(?!## |```).*\n)*```text\n((?:(?!```).*\n)*)```", Pattern.MULTILINE);
    private static final Pattern ROOM =
            Pattern.compile("(\\S+)(?: only (.+?))?(?: without (.+?))?(?: for (.+?))?(?:  +.*)?");

    private final Map<String, List<Room>> rooms = new LinkedHashMap<>();
    private final Map<String, Set<String>> uses = new TreeMap<>();

    /**
     * A line of a module's block: a package, or some of its classes, that may use what stands on lower lines.
     *
     * @param only the classes that stand on this line; none where it has all that no other line of the package names
     * @param without packages that it does not use although they stand lower
     * @param guests modules that may use it, although it is not what the module shows to all
     */
    record Room(String module, int floor, String name, Set<String> only, Set<String> without, Set<String> guests) {
        boolean shuns(Room other) {
            return without.stream()
                    .anyMatch(shunned -> other.name.equals(shunned) || other.name.startsWith(shunned + "."));
        }

        @Override
        public String toString() {
            return only.isEmpty() ? name : name + " only " + String.join(", ", only);
        }
    }

    /** Reads the page, which lies beside the folder of the module whose tests run. */
    static Architecture read() {
        Architecture architecture = new Architecture();
        try {
            // A list that ends with a comma goes on in the next line.
            String page = Files.readString(PAGE).replaceAll(",\n +", ", ");
            Matcher blocks = BLOCK.matcher(page);
            while (blocks.find())
                architecture.add(blocks.group(1), blocks.group(2).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return architecture;
    }

    private void add(String title, List<String> lines) {
        if (title.equals("Modules")) {
            for (String line : lines) {
                String[] moduleAndUsed = line.split(":", 2);
                uses.put(moduleAndUsed[0], names(moduleAndUsed[1].split("  ")[0]));
            }
            return;
        }
        List<Room> list = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = ROOM.matcher(line);
            if (!matcher.matches()) throw new IllegalArgumentException("not the line of a package: " + line);
            list.add(new Room(
                    title,
                    list.size(),
                    matcher.group(1),
                    names(matcher.group(2)),
                    names(matcher.group(3)),
                    names(matcher.group(4))));
        }
        rooms.put(title, list);
    }

    private static Set<String> names(String list) {
        Set<String> names = new TreeSet<>();
        if (list != null) Arrays.stream(list.split(", ")).map(String::strip).forEach(names::add);
        names.remove("");
        return names;
    }

    /** Returns the module's lines from top to bottom. */
    List<Room> rooms(String module) {
        return rooms.getOrDefault(module, List.of());
    }

    List<Room> allRooms() {
        return rooms.values().stream().flatMap(List::stream).toList();
    }

    /** Returns the modules that one is drawn to use. */
    Set<String> usedBy(String module) {
        return uses.getOrDefault(module, Set.of());
    }

    /** Returns the room of a top-level class, or null. */
    Room roomOf(String className) {
        int dot = className.lastIndexOf('.');
        Room rest = null;
        for (Room room : allRooms()) {
            if (!room.name.equals(className.substring(0, dot))) continue;
            if (room.only.contains(className.substring(dot + 1))) return room;
            if (room.only.isEmpty()) rest = room;
        }
        return rest;
    }

    /** Tells whether a room is part of what its module shows to all: the package that the others are below of. */
    boolean isFace(Room room) {
        return rooms(room.module).stream().allMatch(other -> other.name.length() >= room.name.length());
    }
}
