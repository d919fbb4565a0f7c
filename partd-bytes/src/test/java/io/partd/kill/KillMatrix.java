package io.partd.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Kills processes in operations at one point after the other, until they get through, and asks those that live on. */
final class KillMatrix {
    private static final int MOST_WORDS = 200;

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
        for (int word = 1; word <= MOST_WORDS; word++) {
            if (kill(operation, word, "before store " + word + " to a word", Victim::killAtWord)) return;
        }
        throw new AssertionError(operation + " does not get through");
    }

    /** Kills after the operation got through, and then at each system call that it has made. */
    void atCalls(Operation operation) throws IOException, InterruptedException {
        List<Tracer.Call> calls = new ArrayList<>();
        if (!kill(operation, 0, "after its end", victim -> calls.addAll(victim.killAtEnd())) || calls.isEmpty())
            throw new AssertionError(operation + " does not get through");
        Tracer.Call before = null;
        for (Tracer.Call call : calls) {
            if (!call.isChange()) continue;
            // of locks taken and given back in a row the first will do: the dead hold none
            boolean isNew = before == null || !call.isLock() || !before.isLock();
            if (isNew) kill(operation, 0, "before " + call, victim -> victim.killAtCall(call));
            before = call;
        }
    }

    private interface Killing {
        void of(Victim victim) throws IOException, InterruptedException;
    }

    /** True if the operation got through in all stores. */
    private boolean kill(Operation operation, int word, String where, Killing killing)
            throws IOException, InterruptedException {
        List<Scene> scenes = new ArrayList<>();
        try (FastDirectory here = new FastDirectory(directory).below(operation.name())) {
            try {
                for (Script script : Script.values())
                    scenes.add(new Scene(here.path().resolve(script.name()), operation));
                crash(operation, scenes);
                boolean through = kill(operation, word, killing, scenes);
                kills.incrementAndGet();
                ask(operation + " killed " + where, scenes, here.path());
                return through;
            } finally {
                scenes.forEach(Scene::close);
            }
        }
    }

    private boolean kill(Operation operation, int word, Killing killing, List<Scene> scenes)
            throws IOException, InterruptedException {
        List<Path> directories = scenes.stream().map(Scene::directory).toList();
        try (Victim victim = new Victim(java, operation, word, directories)) {
            scenes.forEach(scene -> scene.catchUp(operation));
            killing.of(victim);
            for (int i = 0; i < scenes.size(); i++) scenes.get(i).killed(operation, victim.isDone(i));
            return victim.allDone();
        }
    }

    /** Kills another process before, where that belongs to the operation. */
    private void crash(Operation operation, List<Scene> scenes) throws IOException, InterruptedException {
        Operation.Crash crash = operation.crash();
        if (crash == null) return;
        Tracer.Call call = new Tracer.Call(crash.call(), 1, "");
        boolean through = kill(crash.operation(), 0, victim -> victim.killAtCall(call), scenes);
        if (through) throw new AssertionError(crash + " got through");
    }

    private void ask(String what, List<Scene> scenes, Path here) throws IOException, InterruptedException {
        Set<Scene> sound = new HashSet<>();
        for (Script script : Script.values()) {
            Scene scene = scenes.get(script.ordinal());
            boolean passes = passes(what + ", " + script, scene, () -> {
                script.run(scene);
                scene.allAgree();
            });
            if (passes) sound.add(scene);
        }
        checkDescriptors(what, here);
        for (Scene scene : sound) passes(what + ", " + scene.directory().getFileName(), scene, scene::nothingIsLeft);
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
