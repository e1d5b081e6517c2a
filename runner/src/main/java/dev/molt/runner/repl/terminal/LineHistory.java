package dev.molt.runner.repl.terminal;

import dev.molt.runner.repl.HistoryFile;
import dev.molt.runner.repl.Secrecy;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jline.reader.impl.history.DefaultHistory;

/** Keeps the lines that hold no secret, for this session and for those to come. */
final class LineHistory extends DefaultHistory {
  private final HistoryFile file;
  private final Secrecy secrecy;
  private final BooleanSupplier known;

  /**
   * @param known whether all secrets are; until then any line may hold one
   */
  LineHistory(HistoryFile file, Secrecy secrecy, BooleanSupplier known) {
    this.file = file;
    this.secrecy = secrecy;
    this.known = known;
  }

  /** Those of earlier sessions. */
  @Override
  public void load() {
    file.lines().forEach(line -> super.add(Instant.now(), line));
    moveToEnd();
  }

  @Override
  public void add(Instant time, String line) {
    if (line.isBlank() || secret(line)) {
      return;
    }
    int before = last();
    super.add(time, line.stripTrailing());
    if (last() != before) {
      file.add(line.stripTrailing());
    }
  }

  /** One of which that cannot be told may be. */
  private boolean secret(String line) {
    try {
      return !known.getAsBoolean() || secrecy.secret(line);
    } catch (RuntimeException | StackOverflowError e) {
      return true;
    }
  }

  /** Each line was written when it was typed. */
  @Override
  public void save() {}
}
