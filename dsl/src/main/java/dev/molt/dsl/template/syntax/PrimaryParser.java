package dev.molt.dsl.template.syntax;

import dev.molt.dsl.template.syntax.Token.Kind;
import dev.molt.dsl.template.tree.Arguments;
import dev.molt.dsl.template.tree.Attribute;
import dev.molt.dsl.template.tree.CallExpr;
import dev.molt.dsl.template.tree.DictExpr;
import dev.molt.dsl.template.tree.Expr;
import dev.molt.dsl.template.tree.FilterExpr;
import dev.molt.dsl.template.tree.Item;
import dev.molt.dsl.template.tree.ListExpr;
import dev.molt.dsl.template.tree.Literal;
import dev.molt.dsl.template.tree.Name;
import dev.molt.dsl.template.tree.SliceExpr;
import dev.molt.dsl.template.tree.TestExpr;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.FloatValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses literals and names, and what follows them: attributes, items, calls, filters, tests. */
final class PrimaryParser {
  private static final int MAX_CHAIN = 500;
  private static final Set<String> AFTER_TEST = Set.of("else", "or", "and", "if", "in", "not");

  private final TokenStream tokens;
  private final ExpressionParser expressions;
  private final Embedded embedded;

  PrimaryParser(TokenStream tokens, ExpressionParser expressions, Embedded embedded) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.embedded = embedded;
  }

  Expr primary() {
    Token token = tokens.current();
    return switch (token.kind()) {
      case NAME -> name(tokens.next());
      case STRING -> string();
      case INTEGER, FLOAT -> number(tokens.next());
      default -> bracketed(token);
    };
  }

  private static Expr number(Token token) {
    return new Literal(
        token.at(),
        token.length(),
        token.kind() == Kind.INTEGER
            ? new IntValue(new BigInteger(token.text()))
            : new FloatValue(Double.parseDouble(token.text())));
  }

  private Expr bracketed(Token token) {
    if (token.is("(")) {
      return parentheses();
    } else if (token.is("[")) {
      return list();
    } else if (token.is("{")) {
      return dict();
    }
    throw tokens.unexpected("an expression");
  }

  private Expr name(Token token) {
    Expr spliced =
        embedded == null ? null : embedded.value(token, token.end(), token.text(), false);
    if (spliced != null) {
      return spliced;
    }
    int at = token.at();
    int length = token.length();
    return switch (token.text()) {
      case "true", "True" -> new Literal(at, length, BoolValue.TRUE);
      case "false", "False" -> new Literal(at, length, BoolValue.FALSE);
      case "none", "None" -> new Literal(at, length, NullValue.NULL);
      default -> new Name(at, length, token.text());
    };
  }

  private Expr string() {
    Token first = tokens.next();
    StringBuilder text = new StringBuilder(first.text());
    while (tokens.current().kind() == Kind.STRING) {
      text.append(tokens.next().text());
    }
    int length = tokens.lastEnd() - first.at();
    Expr spliced =
        embedded == null ? null : embedded.value(first, tokens.lastEnd(), text.toString(), true);
    return spliced != null
        ? spliced
        : new Literal(first.at(), length, new StrValue(text.toString()));
  }

  private Expr parentheses() {
    Token start = tokens.next();
    if (tokens.accept(")")) {
      return new ListExpr(start.at(), tokens.lastEnd() - start.at(), true, List.of());
    }
    Expr inside = expressions.tuple();
    tokens.expect(")");
    return inside;
  }

  private Expr list() {
    Token start = tokens.next();
    List<Expr> items = new ArrayList<>();
    while (!tokens.accept("]")) {
      if (!items.isEmpty()) {
        tokens.expect(",");
        if (tokens.accept("]")) {
          break;
        }
      }
      items.add(expressions.expression());
    }
    return new ListExpr(start.at(), tokens.lastEnd() - start.at(), false, items);
  }

  private Expr dict() {
    Token start = tokens.next();
    List<Expr> keys = new ArrayList<>();
    List<Expr> values = new ArrayList<>();
    while (!tokens.accept("}")) {
      if (!keys.isEmpty()) {
        tokens.expect(",");
        if (tokens.accept("}")) {
          break;
        }
      }
      keys.add(expressions.expression());
      tokens.expect(":");
      values.add(expressions.expression());
    }
    return new DictExpr(start.at(), tokens.lastEnd() - start.at(), keys, values);
  }

  /** Attributes, items and calls. */
  Expr postfix(Expr base) {
    Expr value = base;
    for (int chain = 0; ; chain++) {
      Token token = tokens.current();
      bound(chain, token);
      if (token.is(".")) {
        tokens.next();
        value = attribute(value);
      } else if (token.is("[")) {
        value = subscript(value);
      } else if (token.is("(")) {
        value = call(value);
      } else {
        return value;
      }
    }
  }

  private void bound(int chain, Token token) {
    if (chain > MAX_CHAIN) {
      throw tokens.error("more than " + MAX_CHAIN + " of these in a row", token);
    }
  }

  private Expr attribute(Expr base) {
    Token name = tokens.current();
    if (name.kind() != Kind.NAME && name.kind() != Kind.INTEGER) {
      throw tokens.unexpected("a name");
    }
    tokens.next();
    return new Attribute(name.at(), name.length(), base, name.text());
  }

  private Expr subscript(Expr base) {
    int start = tokens.next().at();
    Expr key = tokens.current().is(":") ? null : expressions.tuple();
    if (tokens.accept("]")) {
      return new Item(start, tokens.lastEnd() - start, base, key);
    }
    tokens.expect(":");
    Expr to = sliceEnd() ? null : expressions.expression();
    Expr step = tokens.accept(":") && !sliceEnd() ? expressions.expression() : null;
    tokens.expect("]");
    return new SliceExpr(start, tokens.lastEnd() - start, base, key, to, step);
  }

  private boolean sliceEnd() {
    return tokens.current().is(":") || tokens.current().is("]");
  }

  private Expr call(Expr callee) {
    int start = callee.at();
    Arguments arguments = arguments();
    return new CallExpr(start, tokens.lastEnd() - start, callee, arguments);
  }

  /** Arguments in parentheses. */
  Arguments arguments() {
    tokens.expect("(");
    List<Expr> positional = new ArrayList<>();
    Map<String, Expr> named = new LinkedHashMap<>();
    Expr more = null;
    Expr moreNamed = null;
    boolean first = true;
    while (!tokens.accept(")")) {
      if (!first) {
        tokens.expect(",");
        if (tokens.accept(")")) {
          break;
        }
      }
      first = false;
      Token token = tokens.current();
      if (tokens.accept("**")) {
        moreNamed = expressions.expression();
      } else if (tokens.accept("*")) {
        more = expressions.expression();
      } else if (token.kind() == Kind.NAME && tokens.following().is("=")) {
        tokens.next();
        tokens.next();
        if (named.put(token.text(), expressions.expression()) != null) {
          throw tokens.error("keyword argument repeated: " + token.text(), token);
        }
      } else if (!named.isEmpty() || moreNamed != null) {
        throw tokens.error("an argument by position must stand before those by name", token);
      } else {
        positional.add(expressions.expression());
      }
    }
    return new Arguments(positional, named, more, moreNamed);
  }

  /** Filters and tests, and calls of what they give. */
  Expr filters(Expr base) {
    Expr value = base;
    for (int chain = 0; ; chain++) {
      Token token = tokens.current();
      bound(chain, token);
      if (tokens.accept("|")) {
        value = filter(value);
      } else if (tokens.acceptName("is")) {
        value = test(value);
      } else if (token.is("(")) {
        value = call(value);
      } else {
        return value;
      }
    }
  }

  /** A filter after its bar. */
  Expr filter(Expr subject) {
    int start = tokens.current().at();
    String name = dottedName("a filter");
    int length = tokens.lastEnd() - start;
    Arguments arguments = tokens.current().is("(") ? arguments() : Arguments.NONE;
    return new FilterExpr(start, length, subject, name, arguments);
  }

  private String dottedName(String wanted) {
    StringBuilder name =
        new StringBuilder(tokens.expect(Kind.NAME, "the name of " + wanted).text());
    while (tokens.accept(".")) {
      name.append('.').append(tokens.expect(Kind.NAME, "a name").text());
    }
    return name.toString();
  }

  private Expr test(Expr subject) {
    boolean negated = tokens.acceptName("not");
    int start = tokens.current().at();
    String name = dottedName("a test");
    int length = tokens.lastEnd() - start;
    Arguments arguments = Arguments.NONE;
    Token token = tokens.current();
    if (token.is("(")) {
      arguments = arguments();
    } else if (beginsArgument(token)) {
      if (token.isName("is")) {
        throw tokens.error("tests cannot be chained; write 'and' between them", token);
      }
      Expr argument = postfix(primary());
      arguments = new Arguments(List.of(argument), Map.of(), null, null);
    }
    return new TestExpr(start, length, subject, name, arguments, negated);
  }

  private static boolean beginsArgument(Token token) {
    return switch (token.kind()) {
      case NAME -> !AFTER_TEST.contains(token.text());
      case STRING, INTEGER, FLOAT -> true;
      default -> token.is("[") || token.is("{");
    };
  }
}
