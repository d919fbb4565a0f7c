/**
 * What tests share: contracts that every store and every nesting of stores has to keep, stores that fail on purpose,
 * child processes, models to compare with. Other modules' tests use it from this module's test jar.
 */
package io.partd.testing;
