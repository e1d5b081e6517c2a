package dev.molt.runner.module.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.ModuleKit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroovyModuleTest {
  @TempDir Path folder;

  /** What a check of it says to be wrong, and what an apply says. */
  private List<String> errors(String text) throws Exception {
    GroovyModule module = module(text);
    List<String> errors = new ArrayList<>();
    try (ModuleKit kit = ModuleKit.local()) {
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> kit.check(module, OptionsKit.of(module)),
              () -> kit.apply(module, OptionsKit.of(module)))) {
        DiagnosticException e = catchThrowableOfType(DiagnosticException.class, call);
        errors.add(e == null ? "" : DiagnosticFormatter.format(e.diagnostics().get(0)));
      }
    }
    return errors;
  }

  private GroovyModule module(String text) throws IOException {
    return GroovyModule.load("m", Files.writeString(folder.resolve("m.groovy"), text));
  }

  @Test
  void defaultsArriveAsTheyAreWritten() throws IOException {
    GroovyModule module =
        module(
            """
            option 'words', type: List, default: ['a, b', 'c']
            option 'ports', type: Map, default: [web: 80, more: [1, 2]]
            option 'any', type: Object, default: [[1], 'x']
            option 'number', type: Integer, default: 7
            option 'share', type: Double, default: 1
            option 'flag', type: Boolean, default: true
            option 'none', type: Map
            plan { }
            """);
    Map<String, Object> values = OptionsKit.of(module).values();
    assertThat(values)
        .containsEntry("words", List.of("a, b", "c"))
        .containsEntry("ports", Map.of("web", 80, "more", List.of(1, 2)))
        .containsEntry("any", List.of(List.of(1), "x"))
        .containsEntry("number", 7)
        .containsEntry("share", 1.0)
        .containsEntry("flag", true)
        .containsEntry("none", null);
  }

  @Test
  void whatIsNoValueIsNoResult() throws Exception {
    assertThat(
            errors("summary 'x'\n\nplan { o ->\n  def x = 1\n  [at: Thread.currentThread()]\n}\n"))
        .allMatch(e -> e.contains("is no value") && e.contains("what plan gives back: a "))
        .allMatch(e -> e.contains("m.groovy:3:1\n") && e.contains("3 | plan { o ->\n  | ^"));
    assertThat(errors("plan { o ->\n  result([\n    at: Locale.ROOT])\n}\n"))
        .allMatch(e -> e.contains("error: a Locale is no value") && e.contains("m.groovy:2:3\n"));
    assertThat(errors("plan { o ->\n  fail 'x', code: { }\n}\n"))
        .allMatch(e -> e.contains("error: a closure is no value") && e.contains("m.groovy:2:3\n"));
    List<String> later =
        errors("plan { change 'x', 1, 2 }\napply {\n  [[at: Locale.ROOT]: [Locale.ROOT]]\n}\n");
    assertThat(later.get(0)).isEmpty();
    assertThat(later.get(1))
        .contains("what apply gives back: a Locale is no value", "m.groovy:2:1");
  }

  @Test
  void whatIsNoMapIsLeftAlone() throws Exception {
    assertThat(errors("plan { Locale.ROOT }\n")).containsOnly("");
  }
}
