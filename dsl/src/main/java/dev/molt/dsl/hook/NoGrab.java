package dev.molt.dsl.hook;

import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Refuses {@code @Grab}: a script has no libraries of its own, and Ivy, which fetches them, is not
 * there.
 */
final class NoGrab extends CompilationCustomizer {
  private static final Set<String> NAMES =
      Set.of("Grab", "Grapes", "GrabConfig", "GrabResolver", "GrabExclude");

  private NoGrab() {
    super(CompilePhase.CONVERSION);
  }

  /** Sees to it where scripts are compiled. */
  static void in(CompilerConfiguration configuration) {
    configuration.setDisabledGlobalASTTransformations(
        Set.of("groovy.grape.GrabAnnotationTransformation"));
    configuration.addCompilationCustomizers(new NoGrab());
  }

  @Override
  public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
    List<ClassNode> classes = node.getModule().getClasses();
    new Visitor(source, classes.indexOf(node) == 0).visitClass(node);
  }

  private static final class Visitor extends ClassCodeVisitorSupport {
    private final SourceUnit source;
    private final boolean first;

    Visitor(SourceUnit source, boolean first) {
      this.source = source;
      this.first = first;
    }

    @Override
    protected SourceUnit getSourceUnit() {
      return source;
    }

    @Override
    public void visitImports(ModuleNode module) {
      if (first) {
        super.visitImports(module);
      }
    }

    @Override
    public void visitAnnotations(AnnotatedNode node) {
      for (AnnotationNode annotation : node.getAnnotations()) {
        String name = annotation.getClassNode().getName().replaceFirst("^groovy\\.lang\\.", "");
        if (NAMES.contains(name)) {
          addError(
              "@" + name + " is not there: a script can use what Java and Groovy bring with them",
              annotation);
        }
      }
    }
  }
}
