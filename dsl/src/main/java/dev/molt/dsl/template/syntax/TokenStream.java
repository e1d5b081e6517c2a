package dev.molt.dsl.template.syntax;

import dev.molt.dsl.template.syntax.Token.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tokens still to be parsed, and how deeply the parser is nested. */
final class TokenStream {
  private static final int MAX_DEPTH = 200;

  private final List<Token> tokens;
  private int at;
  private int depth;

  TokenStream(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token current() {
    return tokens.get(at);
  }

  Token following() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = current();
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  /** How many tokens stand before the current one. */
  int position() {
    return at;
  }

  /** Which of these names there are between a position and the current token. */
  Set<String> names(int from, Set<String> wanted) {
    Set<String> found = new HashSet<>();
    for (Token token : tokens.subList(from, at)) {
      if (token.kind() == Kind.NAME && wanted.contains(token.text())) {
        found.add(token.text());
      }
    }
    return Set.copyOf(found);
  }

  /** Where the token before the current one ends. */
  int lastEnd() {
    return at == 0 ? 0 : tokens.get(at - 1).end();
  }

  boolean accept(String operator) {
    boolean is = current().is(operator);
    if (is) {
      next();
    }
    return is;
  }

  boolean acceptName(String name) {
    boolean is = current().isName(name);
    if (is) {
      next();
    }
    return is;
  }

  void expect(String operator) {
    if (!accept(operator)) {
      throw unexpected("'" + operator + "'");
    }
  }

  void expectName(String name) {
    if (!acceptName(name)) {
      throw unexpected("'" + name + "'");
    }
  }

  Token expect(Kind kind, String wanted) {
    if (current().kind() != kind) {
      throw unexpected(wanted);
    }
    return next();
  }

  SyntaxException unexpected(String wanted) {
    Token token = current();
    return error("unexpected " + token.label() + ", expected " + wanted, token);
  }

  SyntaxException error(String message, Token token) {
    return new SyntaxException(message, token.at(), token.length());
  }

  void enter() {
    if (++depth > MAX_DEPTH) {
      throw error("the template is nested more than " + MAX_DEPTH + " levels deep", current());
    }
  }

  void leave() {
    depth--;
  }
}
