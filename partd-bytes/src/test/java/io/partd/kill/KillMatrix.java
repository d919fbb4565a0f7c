package io.partd.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Kills processes in operations at one point after the other, until they get through, and asks those that live on. */
final class KillMatrix {
    private static final int MOST_WORDS = 200;
    /** So many points have one process: starting it is most of the work. */
    private static final int AT_ONCE = 5;

    private final Path directory;
    private final List<String> java;
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger kills = new AtomicInteger();

    KillMatrix(Path directory, List<String> java) {
        this.directory = directory;
        this.java = java;
    }

    /** Kills at the 1st, 2nd, 3rd, ... store to a control word, until the operation gets through. */
    void atWords(Operation operation) throws IOException, InterruptedException {
        for (int word = 1; word <= MOST_WORDS; word += AT_ONCE) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) points.add(Point.atWord(word + i));
            if (kill(operation, points)) return;
        }
        throw new AssertionError(operation + " does not get through");
    }

    /** Kills after the operation got through, and then at each system call that it has made. */
    void atCalls(Operation operation) throws IOException, InterruptedException {
        List<Tracer.Call> calls = new ArrayList<>();
        if (!kill(operation, List.of(Point.END), victim -> calls.addAll(victim.killAtEnd())) || calls.isEmpty())
            throw new AssertionError(operation + " does not get through");
        List<Point> points = points(calls);
        int atOnce = operation.locksJvm() ? 1 : AT_ONCE;
        for (int i = 0; i < points.size(); i += atOnce)
            kill(operation, points.subList(i, Math.min(points.size(), i + atOnce)));
    }

    private static List<Point> points(List<Tracer.Call> calls) {
        List<Point> points = new ArrayList<>();
        Tracer.Call before = null;
        for (Tracer.Call call : calls) {
            if (!call.isChange()) continue;
            // of locks taken and given back in a row the first will do: the dead hold none
            boolean isNew = before == null || !call.isLock() || !before.isLock();
            if (isNew) points.add(Point.atCall(call));
            before = call;
        }
        return points;
    }

    private interface Killing {
        void of(Victim victim) throws IOException, InterruptedException;
    }

    private boolean kill(Operation operation, List<Point> points) throws IOException, InterruptedException {
        return kill(operation, points, Victim::kill);
    }

    /** True if the operation got through in all stores of one of the points; what is behind that is not asked. */
    private boolean kill(Operation operation, List<Point> points, Killing killing)
            throws IOException, InterruptedException {
        List<Scene> scenes = new ArrayList<>();
        try (FastDirectory here = new FastDirectory(directory).below(operation.name())) {
            try {
                for (int i = 0; i < points.size(); i++) {
                    for (Script script : Script.values())
                        scenes.add(new Scene(here.path().resolve(script.name() + "-" + i), operation));
                }
                crash(operation, scenes);
                Set<Scene> through = kill(operation, points, killing, scenes);
                return ask(operation, points, scenes, through, here.path());
            } finally {
                scenes.forEach(Scene::close);
            }
        }
    }

    /** Gives the scenes where the operation got through. */
    private Set<Scene> kill(Operation operation, List<Point> points, Killing killing, List<Scene> scenes)
            throws IOException, InterruptedException {
        List<Path> directories = scenes.stream().map(Scene::directory).toList();
        List<Point> each = new ArrayList<>();
        for (Point point : points) each.addAll(Collections.nCopies(Script.values().length, point));
        try (Victim victim = new Victim(java, operation, each, directories)) {
            scenes.forEach(scene -> scene.catchUp(operation));
            killing.of(victim);
            Set<Scene> through = new HashSet<>();
            for (int i = 0; i < scenes.size(); i++) {
                scenes.get(i).killed(operation, victim.isDone(i));
                if (victim.isDone(i)) through.add(scenes.get(i));
            }
            return through;
        }
    }

    /** Kills another process before, where that belongs to the operation. */
    private void crash(Operation operation, List<Scene> scenes) throws IOException, InterruptedException {
        Operation.Crash crash = operation.crash();
        if (crash == null) return;
        Point point = Point.atCall(new Tracer.Call(crash.call(), 1, ""));
        List<Point> points = Collections.nCopies(scenes.size() / Script.values().length, point);
        if (!kill(crash.operation(), points, Victim::kill, scenes).isEmpty())
            throw new AssertionError(crash + " got through");
    }

    private boolean ask(Operation operation, List<Point> points, List<Scene> scenes, Set<Scene> through, Path here)
            throws IOException, InterruptedException {
        int scripts = Script.values().length;
        Map<Scene, String> sound = new LinkedHashMap<>();
        boolean over = false;
        for (int i = 0; i < points.size() && !over; i++) {
            List<Scene> killed = scenes.subList(i * scripts, (i + 1) * scripts);
            String what = operation + " killed " + points.get(i).where();
            kills.incrementAndGet();
            ask(what, killed, sound);
            over = through.containsAll(killed);
        }
        checkDescriptors(operation + " killed", here);
        sound.forEach((scene, what) -> passes(what, scene, scene::nothingIsLeft));
        return over;
    }

    /** Adds the scenes that have kept what they must, and what to call them. */
    private void ask(String what, List<Scene> scenes, Map<Scene, String> sound) {
        for (Script script : Script.values()) {
            Scene scene = scenes.get(script.ordinal());
            String name = what + ", " + script;
            boolean passes = passes(name, scene, () -> {
                script.run(scene);
                scene.allAgree();
            });
            if (passes) sound.put(scene, name);
        }
    }

    private void checkDescriptors(String what, Path here) throws IOException, InterruptedException {
        try {
            Descriptors.awaitNoneDeleted(here);
        } catch (AssertionError e) {
            failures.add(what + ": " + e.getMessage());
            System.out.println(failures.get(failures.size() - 1));
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /** All failures are told, for which points fail says why. */
    private boolean passes(String what, Scene scene, Step step) {
        try {
            step.run();
            return true;
        } catch (IOException | RuntimeException | AssertionError e) {
            failures.add(what + ":\n    " + scene.steps() + "\n  " + e);
            System.out.println(failures.get(failures.size() - 1));
            return false;
        }
    }

    List<String> failures() {
        return failures;
    }

    /** Figures for the log. */
    @Override
    public String toString() {
        return kills + " kills, each in " + Script.values().length + " stores; " + failures.size() + " failures";
    }
}
