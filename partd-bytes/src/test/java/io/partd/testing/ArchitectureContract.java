package io.partd.testing;

import io.partd.testing.Architecture.Room;
import io.partd.testing.Arrows.Arrow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** A module is built as docs/architecture.md draws it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ArchitectureContract {
    private final Architecture page = Architecture.read();
    private final String module;
    private final Arrows arrows;

    /** A contract for the module that a class belongs to. */
    protected ArchitectureContract(String module, Class<?> one) {
        this.module = module;
        arrows = Arrows.around(one);
    }

    @Test
    void everyPackageIsOnThePage() {
        assertFalse(arrows.all().isEmpty(), "the classes were read");
        List<String> homeless = arrows.classes().stream()
                .filter(name ->
                        page.roomOf(name) == null || !page.roomOf(name).module().equals(module))
                .toList();
        assertEquals(List.of(), homeless, () -> "not in the block of " + module + ", or in another's");
    }

    @Test
    void everythingOnThePageIsThere() {
        Set<Room> lived = new HashSet<>();
        for (String name : arrows.classes()) lived.add(page.roomOf(name));
        List<String> missing = new ArrayList<>();
        for (Room room : page.rooms(module)) {
            if (!lived.contains(room)) missing.add(room.toString());
            for (String name : room.only())
                if (!arrows.classes().contains(room.name() + "." + name)) missing.add(room.name() + "." + name);
            for (String shunned : room.without())
                if (page.allRooms().stream().noneMatch(other -> other.name().equals(shunned))) missing.add(shunned);
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void noArrowPointsUpward() {
        List<String> upward = new ArrayList<>();
        for (Arrow arrow : arrows.all()) {
            Room from = page.roomOf(arrow.from());
            Room to = page.roomOf(arrow.to());
            if (from == null || to == null || !from.module().equals(to.module())) continue;
            if (to.floor() < from.floor()) upward.add(arrow + " points upward");
            if (from.shuns(to)) upward.add(arrow + ", which is drawn to do without");
        }
        assertEquals("", String.join("\n", upward));
    }

    @Test
    void otherModulesAreUsedAsDrawn() {
        Set<String> modules = new TreeSet<>();
        Set<Room> visited = new HashSet<>();
        List<String> uninvited = new ArrayList<>();
        for (Arrow arrow : arrows.all()) {
            Room to = page.roomOf(arrow.to());
            if (to == null) uninvited.add(arrow + ", which is in no block");
            else if (!to.module().equals(module)) {
                modules.add(to.module());
                visited.add(to);
                if (!page.isFace(to) && !to.guests().contains(module)) uninvited.add(arrow + " is not for " + module);
            }
        }
        assertEquals("", String.join("\n", uninvited));
        assertEquals(page.usedBy(module), modules, "the block of the modules");
        for (Room room : page.allRooms())
            if (room.guests().contains(module) && !visited.contains(room))
                uninvited.add(room + " is for " + module + ", which does not use it");
        assertEquals("", String.join("\n", uninvited));
    }
}
