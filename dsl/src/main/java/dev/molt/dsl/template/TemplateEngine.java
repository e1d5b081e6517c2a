package dev.molt.dsl.template;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.template.syntax.Syntax;
import dev.molt.dsl.template.syntax.SyntaxException;
import dev.molt.dsl.template.syntax.TemplateParser;
import dev.molt.dsl.template.tree.Checker;
import dev.molt.dsl.template.tree.Evaluation;
import dev.molt.dsl.template.tree.Expr;
import dev.molt.dsl.template.tree.Frame;
import dev.molt.dsl.template.tree.Output;
import dev.molt.dsl.template.tree.Template;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Secrets;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Compiles and evaluates templates: Jinja2 as Ansible uses it. Thread-safe; what was compiled is
 * kept by its text, within bounds. Whatever is wrong comes out as a {@link DiagnosticException}
 * with its place, an undefined value as an {@link UndefinedException}.
 */
public final class TemplateEngine {
  /** How templates are read: the break at the end is put back by {@link #ended}. */
  private static final TextOptions WITHOUT_LAST_BREAK =
      TextOptions.DEFAULT.withKeepTrailingNewline(false);

  static final String INTERNAL = "internal error in this template: ";

  private static final int MAX_CACHED = 4096;
  private final Library library;
  private final Syntax playbook;
  private final Syntax expression;
  private final Map<String, Template> templates = new ConcurrentHashMap<>();
  private final Map<String, Expr> expressions = new ConcurrentHashMap<>();
  private final Map<String, Expr> conditions = new ConcurrentHashMap<>();

  private volatile boolean undefinedInDefinitions;

  public TemplateEngine(Library library) {
    this.library = library;
    boolean extensions = library.allows("do");
    this.playbook = Syntax.of(WITHOUT_LAST_BREAK, true, extensions);
    this.expression = Syntax.of(TextOptions.DEFAULT, false, extensions);
  }

  public Library library() {
    return library;
  }

  /**
   * Says that there is a variable with something undefined deep within its definition: from now on,
   * results are looked through for it.
   */
  public void definitionsHoldUndefined() {
    undefinedInDefinitions = true;
  }

  /** Whether a text holds anything for a template engine to do. */
  public static boolean isTemplate(String text) {
    int brace = text.indexOf('{');
    while (brace >= 0 && brace + 1 < text.length()) {
      char next = text.charAt(brace + 1);
      if (next == '{' || next == '%' || next == '#') {
        return true;
      }
      brace = text.indexOf('{', brace + 1);
    }
    return false;
  }

  /**
   * Renders a template in a playbook. As in Ansible, a backslash in a string of {@code {{ }}}
   * stands for itself, since YAML has read the escapes already.
   *
   * @return where exactly one value is printed, that value with its type; else the text of all;
   *     none where nothing is
   */
  public Value render(String text, TextOrigin origin, Scope scope) {
    return guarded(
        origin,
        text,
        () -> {
          Template template = templates.get(text);
          if (template == null) {
            template = keep(templates, text, TemplateParser.template(text, playbook));
          }
          Output out = new Output();
          Frame frame = frame(origin, scope, null);
          template.start(frame, out);
          Value value = Results.complete(out.value(), frame, undefinedInDefinitions);
          if (value instanceof StrValue printed) {
            return ended(printed, text, "\n");
          }
          return value instanceof NullValue ? NullValue.TEMPLATED : value;
        });
  }

  /** Evaluates a bare expression, as {@code when} holds one. */
  public Value evaluate(String expression, TextOrigin origin, Scope scope) {
    return guarded(
        origin,
        expression,
        () -> {
          Expr compiled = expressions.get(expression);
          if (compiled == null) {
            Expr parsed = TemplateParser.expression(expression, this.expression);
            compiled = keep(expressions, expression, parsed);
          }
          Frame frame = frame(origin, scope, null);
          return Results.complete(compiled.use(frame), frame, undefinedInDefinitions);
        });
  }

  /**
   * Evaluates a condition: an expression, in which also templates may stand. What these give is a
   * value within the condition, never a part of its text.
   */
  public Value condition(String condition, TextOrigin origin, Scope scope) {
    return guarded(
        origin,
        condition,
        () -> {
          Expr compiled = conditions.get(condition);
          if (compiled == null) {
            Expr parsed = TemplateParser.condition(condition, this.expression);
            compiled = keep(conditions, condition, parsed);
          }
          Frame frame = frame(origin, scope, null);
          return Results.complete(compiled.use(frame), frame, undefinedInDefinitions);
        });
  }

  /**
   * Asks a lookup, as {@code with_NAME} does.
   *
   * @param origin where the terms stand
   * @return empty where there is no lookup of this name
   */
  public Optional<List<Value>> lookup(
      String name, List<Value> terms, TextOrigin origin, Scope scope) {
    return guarded(
        origin,
        name,
        () ->
            library
                .lookups()
                .lookup(Library.shortName(name), terms, Map.of(), frame(origin, scope, null)));
  }

  /**
   * Renders a template file, always to text. A first line {@code #jinja2: option:value, ...} sets
   * options.
   */
  public String renderText(String text, TextOrigin origin, Scope scope, TextOptions options) {
    return renderFile(text, origin, scope, options).text();
  }

  /** As {@link #renderText}; what is made of a secret is secret. */
  public StrValue renderFile(String text, TextOrigin origin, Scope scope, TextOptions given) {
    return guarded(
        origin,
        text,
        () -> {
          Header header = Header.read(text, given);
          TextOptions options = header.options().withKeepTrailingNewline(false);
          Syntax syntax = Syntax.of(options, false, library.allows("do"));
          TextOrigin shifted = (at, length) -> origin.at(at + header.length(), length);
          Template template = compiled(header.body(), shifted, syntax);
          Output out = new Output();
          template.start(frame(shifted, scope, options), out);
          return header.options().keepTrailingNewline()
              ? ended(out.text(), header.body(), options.newline())
              : out.text();
        });
  }

  /**
   * Looks for mistakes without values: syntax, unknown filters, tests and functions, wrong
   * arguments.
   *
   * @param bareExpression whether the text is a condition, not a template
   * @return the names it refers to; none where it cannot be read
   */
  public References check(
      String text, TextOrigin origin, boolean bareExpression, Diagnostics into) {
    Checker checker = new Checker(library, origin, into);
    try {
      guarded(
          origin,
          text,
          () -> {
            if (bareExpression) {
              TemplateParser.condition(text, this.expression).check(checker);
            } else {
              TemplateParser.template(text, playbook).check(checker);
            }
            return text;
          });
    } catch (DiagnosticException e) {
      into.addAll(e);
    }
    return checker.references();
  }

  /** The text with as many line breaks at its end as its template has, if it has fewer. */
  private static StrValue ended(StrValue printed, String template, String newline) {
    int missing = breaks(template) - breaks(printed.text());
    return missing <= 0
        ? printed
        : Secrets.text(printed.text() + newline.repeat(missing), printed.secret());
  }

  private static int breaks(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
    }
    return text.length() - end;
  }

  private Frame frame(TextOrigin origin, Scope scope, TextOptions options) {
    TemplateLoader loader =
        options != null && options.loader() != null ? options.loader() : library.loader();
    // The last line break of a template that is included is no part of it.
    TextOptions included = options == null ? WITHOUT_LAST_BREAK : options;
    Syntax syntax = Syntax.of(included.withKeepTrailingNewline(false), false, library.allows("do"));
    Evaluation evaluation =
        new Evaluation(
            library,
            scope,
            loader,
            (Source source) -> compiled(source.text(), TextOrigin.of(source), syntax));
    return Frame.top(evaluation, origin);
  }

  private static Template compiled(String text, TextOrigin origin, Syntax syntax) {
    try {
      return TemplateParser.template(text, syntax);
    } catch (SyntaxException e) {
      throw at(origin, e);
    }
  }

  private static <T> T keep(Map<String, T> cache, String text, T compiled) {
    // Dropping everything now and then is cheap, and keeps the usual path free of bookkeeping.
    if (cache.size() >= MAX_CACHED) {
      cache.clear();
    }
    cache.put(text, compiled);
    return compiled;
  }

  /** Gives every failure a place. */
  private static <T> T guarded(TextOrigin origin, String text, Supplier<T> work) {
    try {
      return work.get();
    } catch (SyntaxException e) {
      throw at(origin, e);
    } catch (ValueException e) {
      Diagnostic diagnostic =
          Diagnostic.error(origin.at(0, whole(text)), e.getMessage())
              .withHint(Optional.ofNullable(e.hint()));
      throw e.undefined() == null
          ? diagnostic.asException()
          : new UndefinedException(List.of(diagnostic), e.undefined().unknown());
    } catch (DiagnosticException e) {
      throw e;
    } catch (InvalidPathException e) {
      String path = Python.repr(Value.of(e.getInput()));
      throw Diagnostic.error(
              origin.at(0, whole(text)), path + " cannot be a path here: " + e.getReason())
          .asException();
    } catch (IllegalArgumentException
        | ArithmeticException
        | IndexOutOfBoundsException
        | NullPointerException
        | ClassCastException
        | UnsupportedOperationException e) {
      // A mistake of ours must still say which template it was met in.
      throw Diagnostic.error(origin.at(0, whole(text)), INTERNAL + e).asException();
    } catch (StackOverflowError e) {
      throw Diagnostic.error(origin.at(0, whole(text)), "the template is nested too deeply")
          .asException();
    }
  }

  private static DiagnosticException at(TextOrigin origin, SyntaxException problem) {
    return Diagnostic.error(origin.at(problem.at(), problem.length()), problem.getMessage())
        .withHint(Optional.ofNullable(problem.hint()))
        .asException();
  }

  private static int whole(String text) {
    int line = text.indexOf('\n');
    return Math.max(1, line < 0 ? text.length() : line);
  }
}
