package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.MapValue;
import java.util.function.BiConsumer;

/**
 * Facts that belong together.
 *
 * @param script POSIX sh that prints sections by the functions of {@link FactScript}; runs after
 *     the scripts of others in one shell, and so leaves no trace in it
 * @param reader puts the facts, without {@code ansible_}, into the map, in which those of the
 *     sources that it needs are already
 */
record FactSource(String script, BiConsumer<Reply, MapValue> reader) {
  /** Facts that are read off what other sources print. */
  static FactSource derived(BiConsumer<Reply, MapValue> reader) {
    return new FactSource("", reader);
  }
}
