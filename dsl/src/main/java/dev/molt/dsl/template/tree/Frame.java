package dev.molt.dsl.template.tree;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.template.Context;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Scope;
import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import dev.molt.dsl.vault.VaultException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The names that a block sees: its own, those around it, the variables. One thread at a time. */
public final class Frame implements Context {
  private static final int MAX_NOTES = 8;

  private final Evaluation evaluation;
  private final TextOrigin origin;
  private final Frame parent;
  private final Inheritance inheritance;
  private Map<String, Value> locals;

  private Frame(Evaluation evaluation, TextOrigin origin, Frame parent, Inheritance inheritance) {
    this.evaluation = evaluation;
    this.origin = origin;
    this.parent = parent;
    this.inheritance = inheritance;
  }

  /** The outermost frame of a template. */
  public static Frame top(Evaluation evaluation, TextOrigin origin) {
    return new Frame(evaluation, origin, null, new Inheritance());
  }

  /** A block in this one: what it sets is gone after it. */
  public Frame inner() {
    return new Frame(evaluation, origin, this, inheritance);
  }

  /** The outermost frame of another template, which may see the names of this one. */
  Frame other(TextOrigin otherOrigin, boolean seesThis) {
    return new Frame(evaluation, otherOrigin, seesThis ? this : null, new Inheritance());
  }

  /** The outermost frame of the template that this one extends. */
  Frame parent(TextOrigin otherOrigin) {
    return new Frame(evaluation, otherOrigin, this, inheritance);
  }

  Inheritance inheritance() {
    return inheritance;
  }

  public Evaluation evaluation() {
    return evaluation;
  }

  void set(String name, Value value) {
    if (locals == null) {
      locals = new HashMap<>();
    }
    locals.put(name, value);
  }

  /** What this frame itself has set. */
  Map<String, Value> locals() {
    return locals == null ? Map.of() : locals;
  }

  /** The value a block has given to a name, or null. */
  Value local(String name) {
    for (Frame frame = this; frame != null; frame = frame.parent) {
      if (frame.locals != null) {
        Value value = frame.locals.get(name);
        if (value != null) {
          return value;
        }
      }
    }
    return null;
  }

  @Override
  public Value lookup(String name) {
    Value local = local(name);
    return local != null ? local : evaluation.scope().lookup(name);
  }

  /** The names that can be used here, for suggestions. */
  Set<String> names() {
    Set<String> all = new TreeSet<>(evaluation.scope().names());
    for (Frame frame = this; frame != null; frame = frame.parent) {
      all.addAll(frame.locals().keySet());
    }
    all.addAll(library().names(Library.Kind.FUNCTION));
    return all;
  }

  /** The value that a filter or test is applied to. */
  Value subject(Expr subject, Library.Entry entry) {
    try {
      return subject.eval(this);
    } catch (VaultException e) {
      if (entry.opens()) {
        return StrValue.encrypted(e.ciphertext());
      }
      throw e;
    }
  }

  @Override
  public Value filter(
      String name, Value subject, List<Value> positional, Map<String, Value> named) {
    return entry(Library.Kind.FILTER, name, subject).call(subject, positional, named, this);
  }

  @Override
  public boolean test(
      String name, Value subject, List<Value> positional, Map<String, Value> named) {
    return dev.molt.dsl.value.Truth.of(
        entry(Library.Kind.TEST, name, subject).call(subject, positional, named, this));
  }

  private Library.Entry entry(Library.Kind kind, String name, Value subject) {
    Library.Entry entry = library().find(kind, name);
    if (entry == null) {
      throw library().noSuch(kind, name);
    }
    if (subject instanceof UndefinedValue u && !entry.lenient()) {
      throw new ValueException(u);
    }
    return entry;
  }

  @Override
  public Scope scope() {
    return evaluation.scope();
  }

  @Override
  public Library library() {
    return evaluation.library();
  }

  @Override
  public void step() {
    evaluation.step();
  }

  @Override
  public void holdsUndefined() {
    evaluation.holdsUndefined();
  }

  @Override
  public void unfinished() {
    evaluation.unfinished();
  }

  /** A result of a function or method, which may be a tuple or a list of these. */
  Value seen(Value result) {
    if (Iteration.hasTuples(result)) {
      unfinished();
    }
    return result;
  }

  Position position(Expr at) {
    return origin.at(at.at(), at.length());
  }

  /** A mistake at a node. */
  DiagnosticException error(Expr at, String message, String hint) {
    return Diagnostic.error(position(at), message)
        .withHint(Optional.ofNullable(hint))
        .asException();
  }

  DiagnosticException error(Expr at, ValueException problem) {
    if (problem.undefined() != null && problem.undefined().problem() != null) {
      return undefined(at, problem.undefined());
    } else if (problem.undefined() != null) {
      Diagnostic diagnostic = Diagnostic.error(position(at), problem.getMessage());
      return new UndefinedException(List.of(diagnostic), problem.undefined().unknown());
    }
    return error(at, problem.getMessage(), problem.hint());
  }

  /** The use of an undefined value, reported where it comes from. */
  DiagnosticException undefined(Expr used, UndefinedValue value) {
    if (value.problem() != null && value.problem().get() instanceof DiagnosticException known) {
      return known;
    }
    Expr at = used.culprit(this);
    Optional<String> hint =
        value.unknown() || !(at instanceof Suggesting node)
            ? Optional.empty()
            : node.suggestion(this);
    Diagnostic diagnostic = Diagnostic.error(position(at), value.message()).withHint(hint);
    return new UndefinedException(List.of(diagnostic), value.unknown());
  }

  /** An undefined value that an operation makes of one it was given: it remembers which. */
  UndefinedValue passedOn(Expr used, UndefinedValue value) {
    return value.problem() != null ? value : value.because(() -> undefined(used, value));
  }

  /** A mistake in the definition of a variable, with a note on where it was used. */
  DiagnosticException usedHere(Expr at, String name, DiagnosticException problem) {
    Position here = position(at);
    List<Diagnostic> noted = new ArrayList<>();
    for (Diagnostic diagnostic : problem.diagnostics()) {
      boolean enough = diagnostic.notes().size() >= MAX_NOTES;
      noted.add(enough ? diagnostic : diagnostic.withNote("'" + name + "' is used here", here));
    }
    if (problem instanceof VaultException closed) {
      return closed.with(noted);
    }
    return problem instanceof UndefinedException undefined
        ? new UndefinedException(noted, undefined.unknown())
        : new DiagnosticException(noted);
  }

  /** A node that can say which name was probably meant when its value is undefined. */
  interface Suggesting {
    Optional<String> suggestion(Frame frame);
  }
}
