package dev.molt.runner.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.Source;
import dev.molt.runner.cli.Style;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code :save} makes of sessions in which not all went well. */
class SavedPlaybookTest {
  @TempDir Path folder;

  private String saved(String... lines) throws IOException {
    return saved("saved.yml", List.of(lines));
  }

  private String saved(String file, List<String> lines) throws IOException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    PlainConsole console = new PlainConsole(out, out, new Style(false, false), Optional.empty());
    try (Repl repl = new Repl(StartKit.local(folder, "n1,n2,"), console)) {
      for (String line : lines) {
        repl.run(Source.inline("line", line));
      }
      shown.reset();
      repl.run(Source.inline("line", ":save " + file));
    }
    return shown.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatUsesALineThatFailedIsLeftOut() throws IOException {
    assertThat(
            saved(
                "! echo one",
                "{shell: exit 3, register: mine}",
                "debug msg={{ mine.rc }}",
                "{{ $2.rc + 1 }}",
                "assert:\n  that: $4 == 4\n",
                "{shell: echo two, register: mine}",
                "debug msg={{ mine.stdout + $1.stdout }}"))
        .isEqualTo("saved.yml: 3 tasks, without 1 that failed and 3 that used what came of it\n");
    assertThat(folder.resolve("saved.yml"))
        .content()
        .isEqualTo(
            """
            - hosts: all
              tasks:
                - shell:
                    cmd: echo one
                  register: molt_result_1
                # left out, because mine is not saved: debug msg={{ mine.rc }}
                # left out, because mine is not saved: {{ $2.rc + 1 }}
                # left out, because $4 is not saved: assert: / that: $4 == 4
                - shell: echo two
                  register: mine
                - debug: "msg={{ mine.stdout + molt_result_1.stdout }}"
            """);
  }

  @Test
  void whatGroovySetsIsThere() throws IOException {
    saved(":groovy set('mine', 7)", ":groovy set('other', 8)", "debug msg={{ mine }}");
    assertThat(folder.resolve("saved.yml"))
        .content()
        .contains("set('mine', 7)", "msg={{ mine }}")
        .doesNotContain("other");
  }

  @Test
  void whatIsInAnotherFolderLooksThere() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    assertThat(saved("sub/saved.yml", List.of("copy src=/etc/hostname dest=" + folder + "/x")))
        .isEqualTo(
            "sub/saved.yml: 1 task\nfiles that it names are looked for in its own folder, not in this"
                + " one\n");
  }

  @Test
  void whatWasOnlyCheckedIsOnlyChecked() throws IOException {
    saved("! echo one", ":check on", "file path=" + folder + "/made state=directory", ":check off");
    assertThat(folder.resolve("saved.yml"))
        .content()
        .contains("- hosts: all\n  check_mode: true\n  tasks:\n    - file: path=")
        .contains("- hosts: all\n  tasks:\n    - shell:");
  }

  @Test
  void aHostThatAsksWasNotOnlyChecked() throws IOException {
    saved("set_fact molt_confirm=true", "stat path=/");
    assertThat(folder.resolve("saved.yml")).content().doesNotContain("check_mode");
  }
}
