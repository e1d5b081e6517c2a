package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import java.util.Optional;

/** What a script says to end what it stands at: a failure with a reason, or a skip. */
public final class HookException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean skip;
  private transient Position position;

  private HookException(String reason, boolean skip) {
    super(reason);
    this.skip = skip;
  }

  /** It must not be. */
  public static HookException fail(String reason) {
    return new HookException(reason == null ? "no reason was given" : reason, false);
  }

  /** It need not be. */
  public static HookException skip(String reason) {
    return new HookException(reason, true);
  }

  HookException at(Position where) {
    position = where;
    return this;
  }

  /** Whether it is left out, and nothing is wrong. */
  public boolean skips() {
    return skip;
  }

  /** The line of the script that said so. */
  public Optional<Position> position() {
    return Optional.ofNullable(position);
  }

  /** The reason with its line. */
  public Diagnostic diagnostic() {
    return position == null
        ? Diagnostic.error(getMessage())
        : Diagnostic.error(position, getMessage());
  }
}
