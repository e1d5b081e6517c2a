package dev.molt.dsl.template.syntax;

import dev.molt.dsl.template.syntax.Token.Kind;
import dev.molt.dsl.template.tree.Binary;
import dev.molt.dsl.template.tree.Compare;
import dev.molt.dsl.template.tree.Concat;
import dev.molt.dsl.template.tree.Conditional;
import dev.molt.dsl.template.tree.Expr;
import dev.molt.dsl.template.tree.ListExpr;
import dev.molt.dsl.template.tree.Logic;
import dev.molt.dsl.template.tree.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parses operators, by their precedence; see {@link PrimaryParser} for what stands between. */
final class ExpressionParser {
  /** Bounds a chain such as a + b + c, which is evaluated by recursion. */
  private static final int MAX_CHAIN = 1000;

  private static final Map<String, Integer> PRECEDENCE =
      Map.of("+", 1, "-", 1, "~", 2, "*", 3, "/", 3, "//", 3, "%", 3, "**", 4);
  private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");

  private final TokenStream tokens;
  private final PrimaryParser primary;

  ExpressionParser(TokenStream tokens) {
    this(tokens, null);
  }

  /**
   * A parser of these tokens.
   *
   * @param embedded templates that stand within names and strings, or null
   */
  ExpressionParser(TokenStream tokens, Embedded embedded) {
    this.tokens = tokens;
    this.primary = new PrimaryParser(tokens, this, embedded);
  }

  PrimaryParser primary() {
    return primary;
  }

  /** An expression, or several with commas between them, which make a tuple. */
  Expr tuple() {
    return tuple(true);
  }

  Expr tuple(boolean conditionals) {
    int start = tokens.current().at();
    Expr first = conditionals ? expression() : or();
    if (!tokens.current().is(",")) {
      return first;
    }
    List<Expr> items = new ArrayList<>(List.of(first));
    while (tokens.accept(",") && !tupleEnd()) {
      items.add(conditionals ? expression() : or());
    }
    return new ListExpr(start, tokens.lastEnd() - start, true, items);
  }

  private boolean tupleEnd() {
    Token token = tokens.current();
    return token.kind() == Kind.VARIABLE_END
        || token.kind() == Kind.BLOCK_END
        || token.kind() == Kind.END
        || token.is(")")
        || token.isName("in");
  }

  Expr expression() {
    tokens.enter();
    int start = tokens.current().at();
    Expr value = or();
    while (tokens.acceptName("if")) {
      Expr condition = or();
      Expr otherwise = tokens.acceptName("else") ? expression() : null;
      value = new Conditional(start, tokens.lastEnd() - start, condition, value, otherwise);
    }
    tokens.leave();
    return value;
  }

  /** An expression without an inline if of its own. */
  Expr or() {
    return logic(true);
  }

  private Expr logic(boolean or) {
    Token start = tokens.current();
    Expr first = or ? logic(false) : not();
    String word = or ? "or" : "and";
    if (!tokens.current().isName(word)) {
      return first;
    }
    List<Expr> operands = new ArrayList<>(List.of(first));
    while (tokens.acceptName(word)) {
      operands.add(or ? logic(false) : not());
    }
    return new Logic(start.at(), tokens.lastEnd() - start.at(), or, operands);
  }

  private Expr not() {
    Token start = tokens.current();
    if (!start.isName("not")) {
      return compare();
    }
    tokens.enter();
    tokens.next();
    Expr operand = not();
    tokens.leave();
    return new Unary(start.at(), tokens.lastEnd() - start.at(), "not", operand);
  }

  private Expr compare() {
    int start = tokens.current().at();
    Expr first = binary(1);
    List<Expr> operands = null;
    List<String> operators = new ArrayList<>();
    for (String operator = comparison(); operator != null; operator = comparison()) {
      operands = operands == null ? new ArrayList<>(List.of(first)) : operands;
      operators.add(operator);
      operands.add(binary(1));
    }
    return operands == null
        ? first
        : new Compare(start, tokens.lastEnd() - start, operands, operators);
  }

  /** Takes an operator that compares, or gives null. */
  private String comparison() {
    Token token = tokens.current();
    if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(token.text())) {
      return tokens.next().text();
    } else if (tokens.acceptName("in")) {
      return "in";
    } else if (token.isName("not") && tokens.following().isName("in")) {
      tokens.next();
      tokens.next();
      return "not in";
    }
    return null;
  }

  private Expr binary(int precedence) {
    if (precedence > 4) {
      return unary(true);
    }
    Expr left = binary(precedence + 1);
    int chain = 0;
    for (Token token = tokens.current(); is(token, precedence); token = tokens.current()) {
      if (++chain > MAX_CHAIN) {
        throw tokens.error("more than " + MAX_CHAIN + " operators in a row", token);
      } else if (token.is("~")) {
        left = concat(left);
      } else {
        tokens.next();
        // All of these are left-associative, ** too: Jinja differs from Python here.
        Expr right = binary(precedence + 1);
        left = new Binary(token.at(), token.length(), token.text(), left, right);
      }
    }
    return left;
  }

  private static boolean is(Token token, int precedence) {
    return token.kind() == Kind.OPERATOR && PRECEDENCE.getOrDefault(token.text(), 0) == precedence;
  }

  private Expr concat(Expr first) {
    List<Expr> parts = new ArrayList<>(List.of(first));
    while (tokens.accept("~")) {
      parts.add(binary(3));
    }
    return new Concat(first.at(), Math.max(1, tokens.lastEnd() - first.at()), parts);
  }

  /**
   * A sign binds tighter than a filter that follows: {@code -x | abs} is {@code (-x) | abs}.
   *
   * @param filters whether filters may follow
   */
  Expr unary(boolean filters) {
    Token start = tokens.current();
    Expr value;
    if (start.is("-") || start.is("+")) {
      tokens.enter();
      tokens.next();
      Expr operand = unary(false);
      value = new Unary(start.at(), tokens.lastEnd() - start.at(), start.text(), operand);
      tokens.leave();
    } else {
      value = primary.primary();
    }
    value = primary.postfix(value);
    return filters ? primary.filters(value) : value;
  }
}
