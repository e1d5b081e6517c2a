package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.AssertStatement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Words of playbooks that Groovy keeps for itself, such as the module assert: of most its parser
 * says something that helps nobody, and some mean something else.
 */
final class Keywords extends CompilationCustomizer {
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?m)(?:[{;]|^)[ \\t]*+(assert(?=\\s*\\(?\\s*\\w+\\s*:|\\s*\\{)"
              + "|(?<=[ {;])(?:package|import|default|as|case|const|goto|class|enum|extends"
              + "|implements|throws|new|static|final|native|super|this|void|int|long)"
              + "(?=[ \\t]*+(?:'|\"|\\[|\\{|\\w+[ \\t]*:|\\d)))");

  Keywords() {
    super(CompilePhase.CONVERSION);
  }

  /**
   * Says where a script that is no Groovy has such words, and would be Groovy if they stood in
   * quotes.
   *
   * @throws DiagnosticException if so
   */
  static void check(ScriptSource source, String className) {
    List<Diagnostic> found = new ArrayList<>();
    StringBuilder quoted = new StringBuilder();
    Matcher statement = STATEMENT.matcher(source.text());
    int done = 0;
    while (statement.find()) {
      quoted.append(source.text().substring(done, statement.start(1)));
      done = statement.end(1);
      String word = statement.group(1);
      quoted.append('\'').append(word).append('\'');
      String before = source.text().substring(0, statement.start(1));
      found.add(
          Diagnostic.error(
              source.at(
                  1 + (int) before.chars().filter(c -> c == '\n').count(),
                  before.length() - before.lastIndexOf('\n'),
                  word.length()),
              message(word)));
    }
    quoted.append(source.text().substring(done));
    if (!found.isEmpty() && parses(quoted.toString(), className)) {
      throw new DiagnosticException(found);
    }
  }

  private static boolean parses(String text, String className) {
    CompilationUnit unit = new CompilationUnit();
    unit.addSource(className + ".groovy", text);
    try {
      unit.compile(Phases.CONVERSION);
      return true;
    } catch (CompilationFailedException e) {
      return false;
    }
  }

  private static String message(String word) {
    return "'" + word + "' is a word of Groovy's own: write it in quotes, '" + word + "' ...";
  }

  @Override
  public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
    new ClassCodeVisitorSupport() {
      @Override
      protected SourceUnit getSourceUnit() {
        return source;
      }

      @Override
      public void visitAssertStatement(AssertStatement statement) {
        Expression asserted = statement.getBooleanExpression().getExpression();
        if (asserted instanceof ClosureExpression
            || (asserted instanceof VariableExpression name && name.getName().equals("that"))) {
          addError(message("assert"), statement);
        }
        super.visitAssertStatement(statement);
      }
    }.visitClass(node);
  }
}
