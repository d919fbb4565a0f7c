package io.partd.kill;

import io.partd.FilePartd;

/** What those do that live on after a kill, before all are asked again. */
enum Script {
    OLD_READS_FIRST {
        @Override
        void run(Scene scene) {
            scene.read(scene.old());
            scene.read(scene.behind());
            scene.read(scene.open());
            scene.read(scene.old());
        }
    },
    NEW_READS_FIRST {
        @Override
        void run(Scene scene) {
            scene.read(scene.open());
            scene.read(scene.old());
            scene.read(scene.behind());
        }
    },
    OLD_COMPACTS_AT_ONCE {
        @Override
        void run(Scene scene) {
            scene.compact(scene.old());
            scene.read(scene.open());
            scene.readAll();
        }
    },
    NEW_READS_OLD_COMPACTS {
        @Override
        void run(Scene scene) {
            FilePartd store = scene.open();
            scene.read(store);
            scene.compact(scene.old());
            scene.read(store);
            scene.readAll();
        }
    },
    NEW_COMPACTS {
        @Override
        void run(Scene scene) {
            scene.read(scene.behind());
            FilePartd store = scene.open();
            scene.compact(store);
            scene.read(scene.old());
            scene.readAll();
        }
    },
    OLD_PUTS {
        @Override
        void run(Scene scene) {
            scene.putIfAbsent(scene.old());
            scene.read(scene.old());
            scene.read(scene.open());
            scene.read(scene.behind());
        }
    },
    NEW_READS_OLD_PUTS {
        @Override
        void run(Scene scene) {
            FilePartd store = scene.open();
            scene.read(store);
            scene.putIfAbsent(scene.old());
            scene.read(store);
            scene.readAll();
        }
    },
    OLD_APPENDS_WITH_HEADS {
        @Override
        void run(Scene scene) {
            scene.appendWithHeads(scene.old());
            scene.read(scene.old());
            scene.read(scene.open());
            scene.read(scene.behind());
        }
    },
    NEW_READS_OLD_APPENDS_WITH_HEADS {
        @Override
        void run(Scene scene) {
            FilePartd store = scene.open();
            scene.read(store);
            scene.appendWithHeads(scene.old());
            scene.read(scene.behind());
            scene.readAll();
        }
    },
    OLD_APPENDS {
        @Override
        void run(Scene scene) {
            scene.append(scene.old(), "other");
            scene.read(scene.old());
            scene.read(scene.open());
            scene.append(scene.behind(), Content.KEY);
            scene.readAll();
        }
    },
    OLD_DELETES {
        @Override
        void run(Scene scene) {
            scene.delete(scene.old());
            scene.read(scene.open());
            scene.readAll();
        }
    },
    NEW_READS_OLD_DELETES {
        @Override
        void run(Scene scene) {
            FilePartd store = scene.open();
            scene.read(store);
            scene.delete(scene.old());
            scene.read(store);
            scene.putIfAbsent(scene.behind());
            scene.readAll();
        }
    },
    OLD_DROPS {
        @Override
        void run(Scene scene) {
            scene.drop(scene.old());
            scene.append(scene.behind(), "other");
            scene.read(scene.open());
            scene.readAll();
        }
    },
    OLD_FLUSHES_NEW_DROPS {
        @Override
        void run(Scene scene) {
            scene.flush(scene.old());
            scene.drop(scene.open());
            scene.append(scene.old(), "other");
            scene.readAll();
        }
    };

    abstract void run(Scene scene);
}
