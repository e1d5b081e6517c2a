package dev.molt.dsl.template.syntax;

import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.template.syntax.Token.Kind;
import dev.molt.dsl.template.tree.BlockStmt;
import dev.molt.dsl.template.tree.CallExpr;
import dev.molt.dsl.template.tree.CallStmt;
import dev.molt.dsl.template.tree.DoStmt;
import dev.molt.dsl.template.tree.Expr;
import dev.molt.dsl.template.tree.ExtendsStmt;
import dev.molt.dsl.template.tree.FilterStmt;
import dev.molt.dsl.template.tree.Filtered;
import dev.molt.dsl.template.tree.ForStmt;
import dev.molt.dsl.template.tree.IfStmt;
import dev.molt.dsl.template.tree.ImportStmt;
import dev.molt.dsl.template.tree.IncludeStmt;
import dev.molt.dsl.template.tree.Jump;
import dev.molt.dsl.template.tree.MacroStmt;
import dev.molt.dsl.template.tree.Name;
import dev.molt.dsl.template.tree.SetStmt;
import dev.molt.dsl.template.tree.Stmt;
import dev.molt.dsl.template.tree.Target;
import dev.molt.dsl.template.tree.Template;
import dev.molt.dsl.template.tree.WithStmt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses statements. */
final class StatementParser {
  private static final List<String> NAMES =
      List.of(
          "if",
          "elif",
          "else",
          "endif",
          "for",
          "endfor",
          "set",
          "endset",
          "with",
          "endwith",
          "macro",
          "endmacro",
          "call",
          "endcall",
          "filter",
          "endfilter",
          "include",
          "extends",
          "block",
          "endblock",
          "import",
          "from",
          "raw",
          "endraw");

  private final TokenStream tokens;
  private final ExpressionParser expressions;
  private final TemplateParser template;
  private final Map<String, BlockStmt> blocks = new LinkedHashMap<>();
  private int loops;

  StatementParser(TokenStream tokens, ExpressionParser expressions, TemplateParser template) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.template = template;
  }

  /** A statement after the mark that begins it. */
  Stmt statement() {
    Token name = tokens.expect(Kind.NAME, "the name of a statement");
    return switch (name.text()) {
      case "if" -> ifStatement(name);
      case "for" -> forStatement(name);
      case "set" -> set(name);
      case "with" -> with(name);
      case "macro" -> macro(name);
      case "call" -> call(name);
      case "filter" -> filter(name);
      case "include" -> include();
      case "extends" -> {
        Expr parent = expressions.expression();
        end();
        yield new ExtendsStmt(parent);
      }
      case "block" -> block(name);
      case "import" -> imported();
      case "from" -> from();
      case "do", "break", "continue" -> extension(name);
      default ->
          throw new SyntaxException(
              "unknown statement '" + name.text() + "'",
              name.at(),
              name.length(),
              Suggestions.hint(name.text(), NAMES).orElse(null));
    };
  }

  /** The blocks that have been read, by name. */
  Map<String, BlockStmt> blocks() {
    return blocks;
  }

  private Stmt block(Token begin) {
    Token name = tokens.expect(Kind.NAME, "the name of the block");
    boolean scoped = tokens.acceptName("scoped");
    tokens.acceptName("required");
    int outside = loops;
    loops = 0;
    BlockStmt block = new BlockStmt(name.text(), body(begin, "endblock"), scoped);
    loops = outside;
    if (blocks.put(name.text(), block) != null) {
      throw tokens.error("block '" + name.text() + "' defined twice", name);
    }
    return block;
  }

  private Stmt extension(Token name) {
    if (!template.allows(name.text())) {
      throw new SyntaxException(
          "the statement '" + name.text() + "' is not switched on, as in Ansible",
          name.at(),
          name.length(),
          name.text().equals("do") ? "write {% set _ = ... %}" : null);
    } else if (name.text().equals("do")) {
      Expr value = expressions.tuple();
      end();
      return new DoStmt(value);
    } else if (loops == 0) {
      throw tokens.error("'" + name.text() + "' stands outside of a loop", name);
    }
    end();
    return new Jump(name.text().equals("break") ? Stmt.Flow.BREAK : Stmt.Flow.CONTINUE);
  }

  private void end() {
    // As in Python, for those who write their statements in lines of their own.
    if (tokens.current().is(":") && tokens.following().kind() == Kind.BLOCK_END) {
      tokens.next();
    }
    tokens.expect(Kind.BLOCK_END, "the end of the statement");
  }

  /** The inside of a statement, and its end. */
  private Template body(Token begin, String close) {
    end();
    Template body = template.body(Set.of(close), begin);
    tokens.next();
    if (tokens.current().kind() == Kind.NAME) {
      // The end of a macro or block may repeat its name.
      tokens.next();
    }
    end();
    return body;
  }

  private Stmt ifStatement(Token begin) {
    List<Expr> conditions = new ArrayList<>();
    List<Template> branches = new ArrayList<>();
    Template otherwise = null;
    String part = "elif";
    while (part.equals("elif")) {
      conditions.add(expressions.tuple());
      end();
      branches.add(template.body(Set.of("elif", "else", "endif"), begin));
      part = tokens.next().text();
    }
    if (part.equals("else")) {
      otherwise = body(begin, "endif");
    } else {
      end();
    }
    return new IfStmt(conditions, branches, otherwise);
  }

  private Stmt forStatement(Token begin) {
    Target target = target();
    tokens.expectName("in");
    Expr items = expressions.tuple(false);
    Expr test = tokens.acceptName("if") ? expressions.or() : null;
    boolean recursive = tokens.acceptName("recursive");
    end();
    loops++;
    Template body = template.body(Set.of("else", "endfor"), begin);
    loops--;
    Template otherwise = null;
    if (tokens.next().text().equals("else")) {
      otherwise = body(begin, "endfor");
    } else {
      end();
    }
    return new ForStmt(target, items, test, body, otherwise, recursive);
  }

  private Target target() {
    Token start = tokens.current();
    Target first = oneTarget();
    if (!tokens.current().is(",")) {
      return first;
    }
    List<Target> parts = new ArrayList<>(List.of(first));
    while (tokens.accept(",")) {
      if (tokens.current().kind() != Kind.NAME || tokens.current().isName("in")) {
        break;
      }
      parts.add(oneTarget());
    }
    return new Target(new Name(start.at(), start.length(), ""), parts, "", null);
  }

  private Target oneTarget() {
    if (tokens.accept("(")) {
      tokens.enter();
      Target inside = target();
      tokens.expect(")");
      tokens.leave();
      return inside;
    }
    Token name = tokens.expect(Kind.NAME, "a name");
    if (Set.of("true", "false", "none", "True", "False", "None").contains(name.text())) {
      throw tokens.error("'" + name.text() + "' cannot be set", name);
    }
    String attribute = tokens.accept(".") ? tokens.expect(Kind.NAME, "a name").text() : null;
    Name place = new Name(name.at(), tokens.lastEnd() - name.at(), name.text());
    return new Target(place, List.of(), name.text(), attribute);
  }

  private Stmt set(Token begin) {
    Target target = target();
    if (tokens.accept("=")) {
      Expr value = expressions.tuple();
      end();
      return new SetStmt(target, value, null, null);
    }
    Filtered filtered = tokens.accept("|") ? filters() : null;
    return new SetStmt(target, null, body(begin, "endset"), filtered);
  }

  /** Filters without a subject, which will be the text of a block. */
  private Filtered filters() {
    Token start = tokens.current();
    // No template can write this name, so it hides nothing.
    Name hole = new Name(start.at(), start.length(), " block");
    Expr filters = expressions.primary().filters(expressions.primary().filter(hole));
    return new Filtered(filters, hole);
  }

  private Stmt filter(Token begin) {
    Filtered filtered = filters();
    return new FilterStmt(body(begin, "endfilter"), filtered);
  }

  private Stmt with(Token begin) {
    List<Target> targets = new ArrayList<>();
    List<Expr> values = new ArrayList<>();
    while (tokens.current().kind() != Kind.BLOCK_END) {
      if (!targets.isEmpty()) {
        tokens.expect(",");
      }
      targets.add(oneTarget());
      tokens.expect("=");
      values.add(expressions.expression());
    }
    return new WithStmt(targets, values, body(begin, "endwith"));
  }

  private Stmt macro(Token begin) {
    Token name = tokens.expect(Kind.NAME, "the name of the macro");
    return macro(begin, name, "endmacro");
  }

  private MacroStmt macro(Token begin, Token name, String close) {
    List<String> parameters = new ArrayList<>();
    List<Expr> defaults = new ArrayList<>();
    if (tokens.accept("(")) {
      while (!tokens.accept(")")) {
        if (!parameters.isEmpty()) {
          tokens.expect(",");
        }
        Token parameter = tokens.expect(Kind.NAME, "the name of a parameter");
        parameters.add(parameter.text());
        if (tokens.accept("=")) {
          defaults.add(expressions.expression());
        } else if (!defaults.isEmpty()) {
          throw tokens.error("a parameter without default follows one with a default", parameter);
        }
      }
    }
    Name place = new Name(name.at(), name.length(), name.text());
    if (close.equals("endcall")) {
      return new MacroStmt(
          place, "caller", parameters, defaults, new Template(List.of()), Set.of());
    }
    int outside = loops;
    loops = 0;
    int start = tokens.position();
    Template body = body(begin, close);
    loops = outside;
    Set<String> uses = tokens.names(start, MacroStmt.SPECIAL);
    return new MacroStmt(place, name.text(), parameters, defaults, body, uses);
  }

  private Stmt call(Token begin) {
    MacroStmt head = macro(begin, begin, "endcall");
    Token start = tokens.current();
    if (!(expressions.unary(true) instanceof CallExpr called)) {
      throw tokens.error("a call of a macro belongs here", start);
    }
    int from = tokens.position();
    Template body = body(begin, "endcall");
    Set<String> uses = tokens.names(from, MacroStmt.SPECIAL);
    return new CallStmt(
        called,
        new MacroStmt(head.place(), head.name(), head.parameters(), head.defaults(), body, uses));
  }

  private Stmt include() {
    Expr name = expressions.expression();
    boolean ignore = false;
    if (tokens.acceptName("ignore")) {
      tokens.expectName("missing");
      ignore = true;
    }
    boolean context = context(true);
    end();
    return new IncludeStmt(name, ignore, context);
  }

  private Stmt imported() {
    Expr name = expressions.expression();
    tokens.expectName("as");
    String alias = tokens.expect(Kind.NAME, "a name").text();
    boolean context = context(false);
    end();
    return new ImportStmt(name, alias, Map.of(), context);
  }

  private Stmt from() {
    Expr name = expressions.expression();
    tokens.expectName("import");
    Map<String, String> names = new LinkedHashMap<>();
    do {
      Token first = tokens.expect(Kind.NAME, "a name");
      String taken = first.text();
      if (taken.startsWith("_")) {
        throw tokens.error("names starting with an underline can not be imported", first);
      }
      boolean renamed = tokens.acceptName("as");
      names.put(taken, renamed ? tokens.expect(Kind.NAME, "a name").text() : taken);
    } while (tokens.accept(",") && !tokens.current().isName("with"));
    boolean context = context(false);
    end();
    return new ImportStmt(name, null, names, context);
  }

  private boolean context(boolean usual) {
    boolean with = tokens.acceptName("with");
    if (with || tokens.acceptName("without")) {
      tokens.expectName("context");
      return with;
    }
    return usual;
  }
}
