package io.partd.testing;

import io.partd.Partd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import static io.partd.testing.StoreContract.on;
import static io.partd.testing.StoreContract.range;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Point 12: close, and use after it. */
interface CloseContract extends StoreContract {

    @Test
    default void point12_closeTwiceIsHarmless() {
        Partd<List<Integer>> store = open();
        store.append("a", List.of(1));
        store.close();
        assertDoesNotThrow(store::close, "a second time");
        if (persistence().persists()) assertEquals(List.of(1), reopen().get("a"), "close keeps what was appended");
    }

    @Test
    default void point12_everythingAfterCloseIsRefused() {
        Partd<List<Integer>> store = open();
        store.append("a", List.of(1));
        store.close();
        Map<String, Executable> calls = new LinkedHashMap<>();
        calls.put("append", () -> store.append("a", List.of(1)));
        calls.put("append map", () -> store.append(on(List.of("a"), 1)));
        calls.put("append heads", () -> store.append(on(List.of("a"), 1), on(List.of("a"), 1)));
        calls.put("putIfAbsent", () -> store.putIfAbsent("b", List.of(1)));
        calls.put("putIfAbsent map", () -> store.putIfAbsent(on(List.of("a"), 1)));
        calls.put("get", () -> store.get("a"));
        calls.put("get many", () -> store.get(List.of("a", "b")));
        calls.put("delete", () -> store.delete("a"));
        calls.put("delete many", () -> store.delete(List.of("a", "b")));
        calls.put("keys", store::keys);
        calls.put("removals", store::removals);
        calls.put("drop", store::drop);
        calls.put("flush", store::flush);
        calls.put("lock", () -> store.lock().lock());
        calls.put("tryLock", () -> store.lock().tryLock());
        calls.forEach((name, call) -> {
            String message =
                    assertThrows(IllegalStateException.class, call, name).getMessage();
            assertTrue(message != null && message.contains("closed"), () -> name + " says why: " + message);
        });
    }

    @Test
    default void point12_appendsThatMeetACloseAreThereOrWereRefused() throws InterruptedException {
        Partd<List<Integer>> store = open();
        CountDownLatch warm = new CountDownLatch(2);
        AtomicInteger[] acknowledged = {new AtomicInteger(), new AtomicInteger()};
        Workers workers = new Workers();
        for (int t = 0; t < 2; t++) {
            int me = t;
            workers.start("writer " + t, () -> {
                boolean open = true;
                for (int i = 0; open; i++) {
                    open = appended(store, "w" + me, i);
                    if (open) acknowledged[me].set(i + 1);
                    if (i == 20 || !open) warm.countDown();
                }
            });
        }
        Workers.await(warm);
        store.close();
        workers.join();
        if (!persistence().persists()) return;
        Partd<List<Integer>> again = reopen();
        for (int t = 0; t < 2; t++) assertEquals(range(0, acknowledged[t].get()), again.get("w" + t));
    }

    private static boolean appended(Partd<List<Integer>> store, String key, int number) {
        try {
            store.append(key, List.of(number));
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
