package io.partd.testing;

import io.partd.BrokenAppends;
import io.partd.BrokenChanges;
import io.partd.BrokenHeads;
import io.partd.BrokenReads;
import io.partd.Bytes;
import io.partd.Partd;
import java.util.List;
import java.util.function.UnaryOperator;

/** A way in which a store can be wrong, and the parts of the contract that must find it. */
public enum Fault {
    LOSES(
            BrokenAppends::loses,
            BytesContract::point02_readsAppendsInOrder,
            BytesContract::point07_manyThreadsAppendAndRead),
    DUPLICATES(
            BrokenAppends::duplicates,
            BytesContract::point02_readsAppendsInOrder,
            BytesContract::point07_manyThreadsAppendAndRead),
    REORDERS(BrokenAppends::reorders, BytesContract::point02_readsAppendsInOrder),
    SHOWS_LATE(
            BrokenAppends::showsLate,
            BytesContract::point02_readsItsOwnAppends,
            BytesContract::point02_anAppendThatReturnedComesBeforeOneThatBeginsLaterInAnotherThread),
    REWRITES(BrokenAppends::rewrites, BytesContract::point07_manyThreadsAppendAndRead),
    TEARS(
            BrokenAppends::tears,
            BytesContract::point03_readersSeeAllKeysOfAnAppendOrNone,
            BytesContract::point05_anAppendThatMeetsADeleteIsRemovedOrKeptWhole,
            BytesContract::point05_anAppendThatMeetsADropIsRemovedOrKeptWhole,
            BytesContract::point03_aRefusedAppendLeavesNothing),
    IGNORES_EMPTY(BrokenAppends::ignoresEmpty, BytesContract::point01_appendedEmptyMakesTheKeyExist),
    KEEPS_BUFFERS(BrokenAppends::keepsBuffers, BytesContract::point08_callersMayScribbleOnTheirBuffers),
    CUTS_AT_64_KIB(BrokenAppends::cuts, BytesContract::point02_valuesOfAllSizes),
    HEADS_APART(BrokenHeads::apart, BytesContract::point03_readersSeeHeadsAndValuesTogether),
    HEADS_RACE(BrokenHeads::race, BytesContract::point06_ofRacingThreadsExactlyOneSets),
    HEADS_LAST(BrokenHeads::last, BytesContract::point06_headComesBeforeTheFirstValueOnly),
    HEADS_REMEMBERED(BrokenHeads::remembered, BytesContract::point06_deleteAndDropThenPutIfAbsentSetsAgain),
    HEADS_BY_EXISTENCE(BrokenHeads::byExistence, BytesContract::point06_aKeyWithNothingButEmptyValuesTakesAHead),
    NO_SNAPSHOT(BrokenReads::noSnapshot, BytesContract::point03_readersSeeAllKeysOfAnAppendOrNone),
    DISTINCT(BrokenReads::distinct, BytesContract::point02_getsInTheOrderAskedFor),
    FIXED_KEYS(BrokenReads::fixedKeys, BytesContract::point02_keysAreSortedAndACopy),
    CHANGES_WHAT_WAS_READ(BrokenReads::changesWhatWasRead, BytesContract::point08_whatGetReturnedStaysTheSame),
    MAKES_KEYS(BrokenReads::makesKeys, BytesContract::point01_absentKeyReadsAsEmpty),
    HIDES(BrokenChanges::hides, BytesContract::point05_nothingComesBackAfterReopen),
    REMOVALS_STAND_STILL(
            BrokenChanges::removalsStandStill,
            BytesContract::point05_removalsMoveWithEachDeleteAndDrop,
            BytesContract::point05_removalsByAnotherHandleMoveThemToo,
            BytesContract::point05_whereRemovalsDidNotMoveNothingWentAway),
    REMOVALS_OF_ITS_OWN(BrokenChanges::removalsOfItsOwn, BytesContract::point05_removalsByAnotherHandleMoveThemToo),
    REMOVALS_BY_APPENDS(BrokenChanges::removalsByAppends, BytesContract::point05_nothingElseMovesRemovals),
    DELETES_BY_PREFIX(BrokenChanges::deletesByPrefix, BytesContract::point13_strangeKeysAreJustKeys),
    FOLDS_KEYS(BrokenChanges::foldsKeys, BytesContract::point13_strangeKeysAreJustKeys),
    SHORTENS_KEYS(
            BrokenChanges::shortensKeys,
            BytesContract::point13_strangeKeysAreJustKeys,
            BytesContract::point13_keysOfUpTo65535Utf8Bytes,
            BytesContract::point13_otherKeysAreRefused),
    SKIPS_NULL(BrokenChanges::skipsNull, BytesContract::point13_nullIsRefusedAndWritesNothing),
    LOCKS_NOTHING(
            BrokenChanges::locksNothing,
            BytesContract::lock_excludesTheChangesOfOtherThreads,
            BytesContract::lock_makesReadThenAppendOneStep),
    READS_WAIT(BrokenChanges::readsWait, BytesContract::lock_readingGoesOn),
    LIVES_AFTER_CLOSE(BrokenChanges::livesAfterClose, BytesContract::point12_everythingAfterCloseIsRefused),
    CLOSES_ONCE(BrokenChanges::closesOnce, BytesContract::point12_closeTwiceIsHarmless),
    THROWS_AFTER_WRITING(
            BrokenChanges::throwsAfterWriting,
            BytesContract::point11_appendOfAnInterruptedThreadIsThereOrThrew,
            BytesContract::point11_interruptsAtAnyMomentLoseNothingAcknowledged),
    CLEARS_THE_FLAG(BrokenChanges::clearsTheFlag, BytesContract::point11_appendOfAnInterruptedThreadIsThereOrThrew),
    CLOSED_BY_INTERRUPT(
            BrokenChanges::closedByInterrupt,
            BytesContract::point11_everyCallOfAnInterruptedThreadLeavesTheStoreUsable);

    /** A test of the contract. */
    @FunctionalInterface
    public interface Check {
        void run(BytesContract contract) throws Exception;
    }

    private final UnaryOperator<Partd<Bytes>> breaking;
    private final List<Check> checks;

    Fault(UnaryOperator<Partd<Bytes>> breaking, Check... checks) {
        this.breaking = breaking;
        this.checks = List.of(checks);
    }

    /** The store, with this fault. */
    public Partd<Bytes> in(Partd<Bytes> store) {
        return breaking.apply(store);
    }

    /** What must find it. */
    public List<Check> checks() {
        return checks;
    }
}
