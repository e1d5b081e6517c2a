package dev.molt.dsl.hook;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** When a hook is called. Its word is the name of a closure in a hook file. */
public enum Moment {
  /** Before the first play. */
  BEFORE_RUN("beforeRun"),
  /** After the last one, however the run ended. */
  AFTER_RUN("afterRun"),
  BEFORE_PLAY("beforePlay"),
  AFTER_PLAY("afterPlay"),
  BEFORE_BATCH("beforeBatch"),
  AFTER_BATCH("afterBatch"),
  /** On each host, before its first task in a batch. */
  BEFORE_HOST("beforeHost"),
  AFTER_HOST("afterHost"),
  /** On each host, before each task. */
  BEFORE_TASK("beforeTask"),
  AFTER_TASK("afterTask"),
  /** On a host, when a task has failed there, and nothing says that this is no matter. */
  ON_FAILURE("onFailure"),
  ON_UNREACHABLE("onUnreachable"),
  /** Once, before the first task that cannot be undone. */
  ON_POINT_OF_NO_RETURN("onPointOfNoReturn");

  private final String word;

  Moment(String word) {
    this.word = word;
  }

  /** The name of its closures. */
  public String word() {
    return word;
  }

  /** Whether it is after something, so that hooks are called from the inside out. */
  public boolean after() {
    return word.startsWith("after");
  }

  /** Whether what it is before can be vetoed or left out. */
  public boolean decides() {
    return word.startsWith("before") || this == ON_POINT_OF_NO_RETURN;
  }

  /** By its word; {@code before} and {@code after} are those of what the hooks stand at. */
  public static Optional<Moment> of(String word, boolean atPlay) {
    return switch (word) {
      case "before" -> Optional.of(atPlay ? BEFORE_PLAY : BEFORE_TASK);
      case "after" -> Optional.of(atPlay ? AFTER_PLAY : AFTER_TASK);
      default -> Arrays.stream(values()).filter(m -> m.word.equals(word)).findFirst();
    };
  }

  /** All words that name one. */
  public static List<String> words() {
    List<String> words = new java.util.ArrayList<>(List.of("before", "after"));
    Arrays.stream(values()).forEach(m -> words.add(m.word));
    return words;
  }
}
