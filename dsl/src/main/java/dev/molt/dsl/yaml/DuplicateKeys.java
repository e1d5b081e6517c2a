package dev.molt.dsl.yaml;

import dev.molt.dsl.source.Diagnostic;
import java.util.function.Consumer;

/**
 * What a key is that stands twice in a mapping. Decided once for a process, before it reads
 * anything: all of its files are read alike, whoever reads them. Thread-safe.
 */
public final class DuplicateKeys {
  /** What to do. */
  public enum Policy {
    /** A mistake, in Molt's words: what holds where nothing is configured. */
    REFUSE,
    /** A mistake, in the words that users of Ansible's setting look for. */
    ERROR,
    /** The last value is taken, with a warning in those words. */
    WARN,
    /** The last value is taken. */
    IGNORE
  }

  private record Decision(Policy policy, Consumer<Diagnostic> warnings) {}

  private static volatile Decision decision = new Decision(Policy.REFUSE, d -> {});

  private DuplicateKeys() {}

  /**
   * Decides.
   *
   * @param warnings takes what {@link Policy#WARN} finds; called by whichever thread reads
   */
  public static void are(Policy policy, Consumer<Diagnostic> warnings) {
    decision = new Decision(policy, warnings);
  }

  /** Whether the last value is to be taken; else the mistake is with {@code mistakes} now. */
  static boolean lastCounts(
      ScalarNode key, ScalarNode before, String hint, Consumer<Diagnostic> mistakes) {
    Decision now = decision;
    String ansibles = "found a duplicate dict key (" + key.text() + ")";
    switch (now.policy) {
      case IGNORE -> {
        // Nobody wants to hear of it.
      }
      case WARN ->
          now.warnings.accept(
              Diagnostic.warning(key.position(), ansibles + "; the last value is used")
                  .withNote("first given here", before.position()));
      default -> {
        String words =
            now.policy == Policy.ERROR ? ansibles : "the key '" + key.text() + "' is given twice";
        mistakes.accept(
            Diagnostic.error(key.position(), words)
                .withHint(hint)
                .withNote("first given here", before.position()));
        return false;
      }
    }
    return true;
  }
}
