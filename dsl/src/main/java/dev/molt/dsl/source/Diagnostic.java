package dev.molt.dsl.source;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that is wrong with what the user wrote, or looks wrong.
 *
 * @param message what is wrong, one sentence without a final full stop
 * @param position where; empty only for what has no place in a text
 * @param hint what to do about it; empty where the message says it all
 * @param notes further places that belong to it, such as the file that included this one
 */
public record Diagnostic(
    Severity severity,
    String message,
    Optional<Position> position,
    Optional<String> hint,
    List<Note> notes) {

  /** How bad it is: an error stops the command before it changes anything. */
  public enum Severity {
    ERROR,
    WARNING
  }

  /** A second place to look at. */
  public record Note(String message, Position position) {}

  public Diagnostic {
    Objects.requireNonNull(severity);
    Objects.requireNonNull(message);
    notes = List.copyOf(notes);
  }

  public static Diagnostic error(Position position, String message) {
    return new Diagnostic(
        Severity.ERROR, message, Optional.of(position), Optional.empty(), List.of());
  }

  public static Diagnostic error(String message) {
    return new Diagnostic(Severity.ERROR, message, Optional.empty(), Optional.empty(), List.of());
  }

  public static Diagnostic warning(Position position, String message) {
    return new Diagnostic(
        Severity.WARNING, message, Optional.of(position), Optional.empty(), List.of());
  }

  public static Diagnostic warning(String message) {
    return new Diagnostic(Severity.WARNING, message, Optional.empty(), Optional.empty(), List.of());
  }

  public Diagnostic withHint(String newHint) {
    return new Diagnostic(severity, message, position, Optional.of(newHint), notes);
  }

  public Diagnostic withHint(Optional<String> newHint) {
    return newHint.map(this::withHint).orElse(this);
  }

  public Diagnostic withNote(String noteMessage, Position notePosition) {
    List<Note> more = new java.util.ArrayList<>(notes);
    more.add(new Note(noteMessage, notePosition));
    return new Diagnostic(severity, message, position, hint, more);
  }

  /** The same, as something that can be gone on with. */
  public Diagnostic asWarning() {
    return new Diagnostic(Severity.WARNING, message, position, hint, notes);
  }

  public DiagnosticException asException() {
    return new DiagnosticException(List.of(this));
  }
}
