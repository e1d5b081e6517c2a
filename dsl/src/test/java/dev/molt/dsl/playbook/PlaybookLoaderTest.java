package dev.molt.dsl.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.yaml.ScalarNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaybookLoaderTest {
  @TempDir Path folder;

  private Playbook load(String text) throws IOException {
    Files.writeString(folder.resolve("play.yml"), text);
    return new PlaybookLoader(
            Set.of("command", "import_tasks", "include_tasks"),
            name -> name.replaceFirst("^ansible\\.builtin\\.", ""))
        .load(folder.resolve("play.yml"));
  }

  /** Statements in short: a block's keywords, then what is in it. */
  private static List<String> brief(List<Statement> statements) {
    List<String> out = new ArrayList<>();
    for (Statement statement : statements) {
      if (statement instanceof Block block) {
        out.add(
            block.keywords().entries().keySet()
                + brief(block.body()).toString()
                + (block.rescue().isEmpty() ? "" : " rescue " + brief(block.rescue()))
                + (block.always().isEmpty() ? "" : " always " + brief(block.always())));
      } else {
        Task task = (Task) statement;
        out.add(task.label() + "@" + task.file().getFileName() + ":" + task.position().line());
      }
    }
    return out;
  }

  @Test
  void anEmptyPlaybookIsOneInEitherLanguage() throws IOException {
    for (String name : List.of("e.yml", "e.groovy")) {
      Path file = Files.writeString(folder.resolve(name), "");
      assertThatThrownBy(() -> new PlaybookLoader(Set.of(), x -> x).load(file))
          .hasMessageContaining(name + " is empty");
      Files.writeString(folder.resolve("i.yml"), "- import_playbook: " + name);
      assertThat(new PlaybookLoader(Set.of(), x -> x).load(folder.resolve("i.yml")).plays())
          .isEmpty();
    }
  }

  @Test
  void keepsSectionsAndBlocks() throws IOException {
    Play play =
        load("""
        - hosts: all
          become: true
          pre_tasks: [{command: pre}]
          post_tasks: [{command: post}]
          handlers:
            - {name: h, command: h}
            - block: [{name: i, command: i, listen: x}]
          tasks:
            - name: plain
              ansible.builtin.command: ls
            - when: x
              tags: t
              block: [{name: b, command: b}]
              rescue: [{name: r, command: r}]
              always: [{name: a, command: a}]
        """)
            .plays()
            .get(0);
    assertThat(brief(play.preTasks())).containsExactly("command@play.yml:3");
    assertThat(brief(play.postTasks())).containsExactly("command@play.yml:4");
    assertThat(brief(play.handlers())).containsExactly("h@play.yml:6", "[][i@play.yml:7]");
    assertThat(brief(play.tasks()))
        .containsExactly(
            "plain@play.yml:9",
            "[when, tags][b@play.yml:13] rescue [r@play.yml:14] always [a@play.yml:15]");
    assertThat(play.keywords().entries()).containsOnlyKeys("hosts", "become");
  }

  @Test
  void importedTasksAreABlockWithTheKeywordsOfTheImport() throws IOException {
    Files.createDirectories(folder.resolve("tasks"));
    Files.writeString(
        folder.resolve("tasks/a.yml"), "- command: a\n- import_tasks: b.yml\n  tags: deep\n");
    Files.writeString(folder.resolve("tasks/b.yml"), "- {name: b, command: b}\n");
    Files.writeString(folder.resolve("empty.yml"), "# nothing\n");
    Play play =
        load("""
        - hosts: all
          tasks:
            - name: not inherited
              import_tasks: tasks/a.yml
              when: x
              vars: {v: 1}
            - import_tasks: {file: tasks/b.yml}
            - import_tasks: empty.yml
        """)
            .plays()
            .get(0);
    assertThat(brief(play.tasks()))
        .containsExactly(
            "[when, vars][command@a.yml:1, [tags][b@b.yml:1]]", "[][b@b.yml:1]", "[][]");
  }

  @Test
  void importedPlaysComeInPlaceWithWhatStandsBesideTheImport() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(
        folder.resolve("sub/more.yml"),
        "- hosts: db\n  tasks: [{command: x}]\n  handlers: [{name: h, command: h}]\n");
    Playbook book =
        load(
            """
            - hosts: web
            - name: more
              import_playbook: sub/more.yml
              when: wanted
              tags: t
            - ansible.builtin.import_playbook: sub/more.yml
            - hosts: last
            """);
    assertThat(book.plays())
        .extracting(p -> ((ScalarNode) p.keywords().get("hosts").orElseThrow()).text())
        .containsExactly("web", "db", "db", "last");
    assertThat(book.plays().get(1).keywords().entries().keySet()).contains("when", "tags");
    assertThat(book.plays().get(2).keywords().entries().keySet()).doesNotContain("when", "tags");
    assertThat(brief(book.plays().get(1).tasks())).containsExactly("command@more.yml:2");
    assertThat(brief(book.plays().get(2).tasks())).containsExactly("command@more.yml:2");
    assertThat(book.plays().get(1).file()).hasFileName("more.yml");
    assertThat(brief(book.plays().get(1).handlers())).containsExactly("h@more.yml:3");
  }

  @Test
  void emptyListsAreNoMistake() throws IOException {
    Play play = load("- hosts: all\n  tasks:\n  handlers: []\n").plays().get(0);
    assertThat(play.tasks()).isEmpty();
    assertThat(play.handlers()).isEmpty();
  }
}
