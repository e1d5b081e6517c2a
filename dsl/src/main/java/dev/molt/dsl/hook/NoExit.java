package dev.molt.dsl.hook;

import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/** Refuses {@code System.exit}: it would end a run wherever it is, and tell nobody. */
final class NoExit extends CompilationCustomizer {
  private static final String EXIT = "exit";

  NoExit() {
    super(CompilePhase.CANONICALIZATION);
  }

  @Override
  public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
    new Visitor(source).visitClass(node);
  }

  private static final class Visitor extends ClassCodeVisitorSupport {
    private final SourceUnit source;

    Visitor(SourceUnit source) {
      this.source = source;
    }

    @Override
    protected SourceUnit getSourceUnit() {
      return source;
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
      if (call.getObjectExpression() instanceof ClassExpression type
          && type.getType().getName().equals("java.lang.System")
          && EXIT.equals(call.getMethodAsString())) {
        refuse(call);
      }
      super.visitMethodCallExpression(call);
    }

    @Override
    public void visitStaticMethodCallExpression(StaticMethodCallExpression call) {
      if (call.getOwnerType().getName().equals("java.lang.System")
          && call.getMethod().equals(EXIT)) {
        refuse(call);
      }
      super.visitStaticMethodCallExpression(call);
    }

    private void refuse(Expression call) {
      addError(
          "System.exit would end Molt in the middle of what it does: a hook or module that must"
              + " not go on says fail 'reason'",
          call);
    }
  }
}
