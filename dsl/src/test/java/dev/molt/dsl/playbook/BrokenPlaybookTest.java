package dev.molt.dsl.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broken playbooks with all that is said of them. The file has cases of the form {@code === title},
 * the playbook, other files after {@code >>> name}, and after {@code ---} the messages.
 */
class BrokenPlaybookTest {
  @TempDir Path folder;

  private record Case(String title, List<String> files, String messages) {
    static Case of(String text) {
      String[] halves = text.split("(?m)^---\n", -1);
      String[] files = halves[0].split("(?m)^>>> ", -1);
      int end = files[0].indexOf('\n');
      String title = files[0].substring(0, end);
      files[0] = "play.yml" + files[0].substring(end);
      return new Case(title, Arrays.asList(files), halves[1]);
    }
  }

  @TestFactory
  Stream<DynamicTest> brokenPlaybooks() throws IOException {
    String all;
    try (InputStream in = getClass().getResourceAsStream("/playbook/broken.txt")) {
      all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return Arrays.stream(all.split("(?m)^=== ", -1))
        .filter(t -> !t.isEmpty())
        .map(Case::of)
        .map(c -> DynamicTest.dynamicTest(c.title(), () -> check(c)));
  }

  private void check(Case one) throws IOException {
    for (String file : one.files()) {
      int end = file.indexOf('\n');
      Files.writeString(folder.resolve(file.substring(0, end)), file.substring(end + 1));
    }
    assertThat(messages()).isEqualTo(one.messages());
  }

  private String messages() {
    PlaybookLoader loader =
        new PlaybookLoader(
            Set.of(
                "command",
                "copy",
                "shell",
                "service",
                "import_tasks",
                "include_tasks",
                "include_role",
                "meta"),
            name -> name.replaceFirst("^ansible\\.builtin\\.", ""));
    try {
      loader.load(folder.resolve("play.yml"));
      return "";
    } catch (DiagnosticException e) {
      return e.diagnostics().stream()
          .map(DiagnosticFormatter::format)
          .collect(Collectors.joining())
          .replace(folder + "/", "");
    }
  }
}
