/** What {@code mvn test-compile -Pspark-example -pl partd-spark -am} runs. */
package io.partd.spark.example;
