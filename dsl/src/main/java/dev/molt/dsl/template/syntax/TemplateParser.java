package dev.molt.dsl.template.syntax;

import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.template.TextOptions;
import dev.molt.dsl.template.syntax.Token.Kind;
import dev.molt.dsl.template.tree.Expr;
import dev.molt.dsl.template.tree.Print;
import dev.molt.dsl.template.tree.Stmt;
import dev.molt.dsl.template.tree.Template;
import dev.molt.dsl.template.tree.Text;
import dev.molt.dsl.value.StrValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses a template: texts, expressions to print, statements. */
public final class TemplateParser {
  private final TokenStream tokens;
  private final ExpressionParser expressions;
  private final StatementParser statements;

  private final Syntax syntax;

  private TemplateParser(List<Token> tokens, Syntax syntax, Embedded embedded) {
    this.syntax = syntax;
    this.tokens = new TokenStream(tokens);
    this.expressions = new ExpressionParser(this.tokens, embedded);
    this.statements = new StatementParser(this.tokens, this.expressions, this);
  }

  /**
   * A whole template.
   *
   * @throws SyntaxException where it is none
   */
  public static Template template(String source, Syntax syntax) {
    TemplateParser parser = new TemplateParser(Lexer.template(source, syntax), syntax, null);
    Template template = parser.body(Set.of(), null);
    return new Template(template.body(), parser.statements.blocks());
  }

  /**
   * A bare expression.
   *
   * @throws SyntaxException where it is none
   */
  public static Expr expression(String source, Syntax syntax) {
    return expression(Lexer.expression(source, syntax), syntax, null);
  }

  /** As above, with the usual syntax. */
  public static Expr expression(String source) {
    return expression(source, Syntax.of(TextOptions.DEFAULT, false, false));
  }

  /**
   * A condition, which may have templates in it.
   *
   * @throws SyntaxException where it is none
   */
  public static Expr condition(String source, Syntax syntax) {
    return TemplateEngine.isTemplate(source)
        ? Embedded.condition(source, syntax)
        : expression(source, syntax);
  }

  static Expr expression(List<Token> tokens, Syntax syntax, Embedded embedded) {
    TemplateParser parser = new TemplateParser(tokens, syntax, embedded);
    Expr expression = parser.expressions.expression();
    Token rest = parser.tokens.current();
    if (rest.kind() != Kind.END) {
      throw parser.tokens.unexpected("the end of the expression");
    }
    return expression;
  }

  /** Whether a statement that Ansible leaves out is switched on. */
  boolean allows(String statement) {
    return syntax.extensions() && !statement.isEmpty();
  }

  /**
   * Statements up to one of these names, which is left as the current token.
   *
   * @param begin the statement that these end, or null where the end of the template does
   */
  Template body(Set<String> ends, Token begin) {
    List<Stmt> body = new ArrayList<>();
    tokens.enter();
    while (true) {
      Token token = tokens.current();
      switch (token.kind()) {
        case TEXT -> {
          tokens.next();
          body.add(new Text(new StrValue(token.text())));
        }
        case VARIABLE_BEGIN -> {
          tokens.next();
          body.add(new Print(expressions.tuple()));
          tokens.expect(Kind.VARIABLE_END, "the end of the expression");
        }
        case BLOCK_BEGIN -> {
          tokens.next();
          if (ends.contains(tokens.current().text())) {
            tokens.leave();
            return new Template(body);
          }
          body.add(statements.statement());
        }
        default -> {
          if (begin != null) {
            throw tokens.error("'" + begin.text() + "' has no '" + last(ends) + "'", begin);
          }
          tokens.leave();
          return new Template(body);
        }
      }
    }
  }

  /** The name that closes a statement, among those that may end a part of it. */
  private static String last(Set<String> ends) {
    return ends.stream().filter(end -> end.startsWith("end")).findFirst().orElse("end");
  }
}
