package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import groovy.lang.GroovyClassLoader;
import groovy.transform.ThreadInterrupt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.control.messages.ExceptionMessage;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;
import org.codehaus.groovy.tools.GroovyClass;

/** Makes classes of a script. Loads the whole compiler: only for what is in no cache. */
final class ScriptCompiler {
  private static final Pattern PACKAGE =
      Pattern.compile(
          "(?:\\s++|#![^\\n]*+|//[^\\n]*+|/\\*(?s:.*?)\\*/)*+(package[ \\t]++[\\w.]++[ \\t]*+;?)");

  private ScriptCompiler() {}

  /**
   * The classes by name, the script's own first.
   *
   * @param base what the script extends
   * @throws DiagnosticException with every mistake and its place
   */
  static Map<String, byte[]> compile(ScriptSource source, String className, Class<?> base) {
    CompilerConfiguration configuration = new CompilerConfiguration();
    configuration.setScriptBaseClass(base.getName());
    configuration.setTargetBytecode(CompilerConfiguration.JDK17);
    // Linking a call through invokedynamic costs a millisecond the first time, and scripts are
    // short.
    configuration.getOptimizationOptions().put(CompilerConfiguration.INVOKEDYNAMIC, false);
    // A loop without end can be interrupted at each of its rounds.
    configuration.addCompilationCustomizers(new ASTTransformationCustomizer(ThreadInterrupt.class));
    configuration.addCompilationCustomizers(new NoExit());
    NoGrab.in(configuration);
    boolean words = base == PlaybookScript.class;
    if (words) {
      configuration.addCompilationCustomizers(new Keywords());
    }
    ClassLoader parent = ScriptCompiler.class.getClassLoader();
    CompilationUnit unit =
        new CompilationUnit(configuration, null, new GroovyClassLoader(parent, configuration));
    unit.addSource(className + ".groovy", withoutPackage(source.text()));
    try {
      compile(unit, Phases.CLASS_GENERATION, source);
    } catch (DiagnosticException e) {
      // What stands around the lines may have hidden where the mistake in them is.
      source.alone().ifPresent(lines -> parse(lines, className));
      if (words) {
        Keywords.check(source, className);
      }
      throw e;
    }
    Map<String, byte[]> classes = new LinkedHashMap<>();
    for (GroovyClass made : unit.getClasses()) {
      if (made.getName().equals(className)) {
        classes.put(made.getName(), made.getBytes());
      }
    }
    if (classes.isEmpty()) {
      int line = unit.getAST().getModules().get(0).getClasses().get(0).getLineNumber();
      throw Diagnostic.error(source.at(Math.max(1, line), 0, 1), "this file has only classes")
          .withHint("what it is to do stands beside them, not in them")
          .asException();
    }
    for (GroovyClass made : unit.getClasses()) {
      classes.putIfAbsent(made.getName(), made.getBytes());
    }
    return classes;
  }

  /** Editors name a package by the folder; here it is the file that classes are known by. */
  private static String withoutPackage(String text) {
    Matcher line = PACKAGE.matcher(text);
    return line.lookingAt()
        ? text.substring(0, line.start(1))
            + " ".repeat(line.end(1) - line.start(1))
            + text.substring(line.end(1))
        : text;
  }

  /**
   * Reads it, and makes nothing of it.
   *
   * @throws DiagnosticException with every mistake and its place
   */
  static void parse(ScriptSource source, String className) {
    CompilationUnit unit = new CompilationUnit();
    unit.addSource(className + ".groovy", source.text());
    compile(unit, Phases.CONVERSION, source);
  }

  private static void compile(CompilationUnit unit, int phase, ScriptSource source) {
    try {
      unit.compile(phase);
    } catch (MultipleCompilationErrorsException e) {
      throw new DiagnosticException(diagnostics(e, source));
    } catch (CompilationFailedException e) {
      throw Diagnostic.error(source.at(1, 0, 1), "this is not Groovy: " + e.getMessage())
          .asException();
    }
  }

  private static List<Diagnostic> diagnostics(
      MultipleCompilationErrorsException e, ScriptSource source) {
    List<Diagnostic> all = new ArrayList<>();
    for (Message message : e.getErrorCollector().getErrors()) {
      if (message instanceof SyntaxErrorMessage syntax) {
        all.add(diagnostic(syntax.getCause(), source));
      } else if (message instanceof ExceptionMessage other) {
        all.add(Diagnostic.error(source.at(1, 0, 1), String.valueOf(other.getCause())));
      }
    }
    if (all.isEmpty()) {
      all.add(Diagnostic.error(source.at(1, 0, 1), "this is not Groovy: " + e.getMessage()));
    }
    return all;
  }

  private static Diagnostic diagnostic(SyntaxException wrong, ScriptSource source) {
    boolean oneLine = wrong.getEndLine() == wrong.getStartLine();
    int length = oneLine ? wrong.getEndColumn() - wrong.getStartColumn() : 1;
    String text = wrong.getOriginalMessage().strip();
    // Groovy puts the place into some of its messages; ours stands above the lines.
    text = text.replaceAll("\\s*@ line \\d+, column \\d+\\.?", "").replaceFirst("\\n[\\s\\S]*", "");
    return Diagnostic.error(
        source.at(Math.max(1, wrong.getStartLine()), wrong.getStartColumn(), Math.max(1, length)),
        text);
  }
}
