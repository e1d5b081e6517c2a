package dev.molt.dsl.template.syntax;

import dev.molt.dsl.template.syntax.Token.Kind;
import dev.molt.dsl.template.tree.Expr;
import dev.molt.dsl.template.tree.Literal;
import dev.molt.dsl.template.tree.Spliced;
import dev.molt.dsl.value.StrValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Conditions with templates in them, such as {@code "{{ x }} == 3"}. The braces are read as a part
 * of the condition's tree: what they give is a value there, and no text is put together and read
 * once more.
 */
final class Embedded {
  /** Stands for a template in the text around it: a letter that nobody uses. */
  private static final char MARK = '\uA66E';

  /** One {@code {{ }}} and where it stands. */
  private record Hole(int at, int end, Expr value) {}

  private final List<Hole> holes;

  private Embedded(List<Hole> holes) {
    this.holes = holes;
  }

  /** The tree of a condition that holds templates. */
  static Expr condition(String source, Syntax syntax) {
    List<Token> tokens = Lexer.template(source, syntax);
    List<Hole> holes = new ArrayList<>();
    char[] rest = new char[source.length()];
    Arrays.fill(rest, ' ');
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind() == Kind.TEXT) {
        source.getChars(token.at(), token.end(), rest, token.at());
      } else if (token.kind() == Kind.VARIABLE_BEGIN) {
        int end = i;
        while (tokens.get(end).kind() != Kind.VARIABLE_END) {
          end++;
        }
        holes.add(hole(tokens.subList(i, end + 1)));
        Arrays.fill(rest, token.at(), tokens.get(end).end(), MARK);
        i = end;
      } else if (token.kind() == Kind.BLOCK_BEGIN) {
        throw new SyntaxException(
            "a condition is an expression, and cannot hold statements",
            token.at(),
            token.length(),
            "write (a if b else c), or set a variable and compare that");
      }
    }
    String text = new String(rest);
    if (source.indexOf(MARK) >= 0) {
      throw new SyntaxException("this character cannot stand here", source.indexOf(MARK), 1);
    }
    return TemplateParser.expression(Lexer.expression(text, syntax), syntax, new Embedded(holes));
  }

  private static Hole hole(List<Token> tokens) {
    Token last = tokens.get(tokens.size() - 1);
    List<Token> inside = new ArrayList<>(tokens.subList(1, tokens.size() - 1));
    inside.add(new Token(Kind.END, "", last.at(), last.at()));
    TokenStream stream = new TokenStream(inside);
    Expr value = new ExpressionParser(stream).tuple();
    if (stream.current().kind() != Kind.END) {
      throw stream.unexpected("the end of the expression");
    }
    return new Hole(tokens.get(0).at(), last.end(), value);
  }

  /** What stands for a name or a string that has templates in it; null where it has none. */
  Expr value(Token first, int end, String content, boolean string) {
    if (content.indexOf(MARK) < 0) {
      return null;
    }
    List<Expr> parts = new ArrayList<>();
    int from = 0;
    for (Hole hole : holes) {
      if (hole.at() >= first.at() && hole.end() <= end) {
        int at = content.indexOf(MARK, from);
        text(first, content.substring(from, at), parts);
        parts.add(hole.value());
        from = at + hole.end() - hole.at();
      }
    }
    text(first, content.substring(from), parts);
    return new Spliced(first.at(), Math.max(1, end - first.at()), parts, string);
  }

  private static void text(Token at, String text, List<Expr> into) {
    if (!text.isEmpty()) {
      into.add(new Literal(at.at(), at.length(), new StrValue(text)));
    }
  }
}
