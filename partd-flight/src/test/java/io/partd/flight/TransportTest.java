package io.partd.flight;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.junit.jupiter.api.Assertions.assertEquals;

class TransportTest {
    /** The libraries for it are there, as gRPC looks for them. */
    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void epollIsThere() throws ReflectiveOperationException {
        Class<?> epoll = Class.forName("io.netty.channel.epoll.Epoll");
        assertEquals(true, epoll.getMethod("isAvailable").invoke(null), () -> "it is said why: " + cause(epoll));
    }

    private static Object cause(Class<?> epoll) {
        try {
            return epoll.getMethod("unavailabilityCause").invoke(null);
        } catch (ReflectiveOperationException e) {
            return e;
        }
    }
}
