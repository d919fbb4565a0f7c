/**
 * What tests share: tables of every type and random ones, encoders and readers that know nothing of the library, memory
 * that traps, stores that fail on purpose, child processes.
 */
package io.partd.arrow.testing;
