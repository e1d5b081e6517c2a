package dev.molt.dsl.template.tree;

import dev.molt.dsl.source.Source;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Scope;
import dev.molt.dsl.template.TemplateLoader;
import dev.molt.dsl.value.ValueException;
import java.util.function.Function;

/** What all frames of one evaluation share, and what bounds it. One thread at a time. */
public final class Evaluation {
  private static final int MAX_STEPS = 5_000_000;
  private static final int MAX_DEPTH = 100;

  private final Library library;
  private final Scope scope;
  private final TemplateLoader loader;
  private final Function<Source, Template> compiler;
  private int steps;
  private int depth;
  private boolean mayHoldUndefined;
  private boolean unfinished;

  /**
   * @param loader finds included templates; may be null
   * @param compiler makes a template of what the loader finds
   */
  public Evaluation(
      Library library, Scope scope, TemplateLoader loader, Function<Source, Template> compiler) {
    this.library = library;
    this.scope = scope;
    this.loader = loader;
    this.compiler = compiler;
  }

  Library library() {
    return library;
  }

  Scope scope() {
    return scope;
  }

  TemplateLoader loader() {
    return loader;
  }

  Template compile(Source source) {
    return compiler.apply(source);
  }

  void holdsUndefined() {
    mayHoldUndefined = true;
  }

  /** Whether a list or dict was made that holds an undefined value. */
  public boolean mayHoldUndefined() {
    return mayHoldUndefined;
  }

  void unfinished() {
    unfinished = true;
  }

  /** Whether a tuple was made, or something that holds one or {@code omit}. */
  public boolean isUnfinished() {
    return unfinished;
  }

  void step() {
    if (++steps > MAX_STEPS) {
      throw new ValueException("the template takes more than " + MAX_STEPS + " steps");
    }
  }

  /** Enters a macro, an included template or a recursive loop. */
  void enter() {
    if (++depth > MAX_DEPTH) {
      depth = 0;
      throw new ValueException("macros or includes are nested more than 100 levels deep");
    }
  }

  void leave() {
    depth--;
  }
}
