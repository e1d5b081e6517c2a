package dev.molt.runner.module.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.runner.engine.OptionsKit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroovyModuleTest {
  @TempDir Path folder;

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
}
