/** Servers and clients as processes of their own, beside plain TCP and Redis: what {@code wire.sh} runs. */
package io.partd.benchmarks.wire;
