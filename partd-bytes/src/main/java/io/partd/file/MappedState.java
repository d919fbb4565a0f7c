package io.partd.file;

/**
 * What a control file says to who may not write to it. Where it says less than the segments and the manifest do, only
 * this handle knows: whoever writes to the store will find out for himself.
 */
final class MappedState implements StoreState {
    private final ControlFile control;
    private volatile long stampSeen = Long.MIN_VALUE;
    private volatile long generationSeen;

    /** The words of a control file that is mapped to be read. */
    MappedState(ControlFile control) {
        this.control = control;
    }

    @Override
    public long stamp() {
        return Math.max(control.stamp(), stampSeen);
    }

    @Override
    public void advanceStamp(long stamp) {
        stampSeen = Math.max(stampSeen, stamp);
    }

    @Override
    public long commits() {
        return control.commits();
    }

    @Override
    public long created() {
        return control.created();
    }

    @Override
    public long generation() {
        return Math.max(control.generation(), generationSeen);
    }

    @Override
    public long announcedGeneration() {
        return generation();
    }

    @Override
    public void raiseGeneration(long generation) {
        generationSeen = Math.max(generationSeen, generation);
    }
}
