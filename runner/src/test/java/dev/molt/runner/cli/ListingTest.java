package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tools read that ask a playbook for its hosts, tasks and tags. */
class ListingTest {
  @TempDir Path folder;
  private Path play;

  @BeforeEach
  void write() throws IOException {
    play =
        Files.writeString(
            folder.resolve("site.yml"),
            """
            - name: First
              hosts: web:db
              tags: [p1]
              pre_tasks:
                - debug: {msg: a}
              tasks:
                - name: Named {{ x }}
                  debug: {msg: b}
                  tags: t1,t2
                - block:
                    - name: Inside
                      debug: {msg: c}
                  rescue:
                    - name: Not listed
                      debug: {msg: d}
                  tags: blk
                - name: Never
                  debug: {msg: e}
                  tags: [never, special]
              handlers:
                - name: A handler
                  debug: {msg: f}
            - hosts: [db, "{{ where }}"]
              tasks:
                - include_tasks: more.yml
            """);
    Files.writeString(folder.resolve("more.yml"), "- debug: {msg: g}\n");
    Files.writeString(folder.resolve("hosts"), "[web]\nw1\nw2\n[db]\nd1\n");
  }

  private String list(String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> words =
        new ArrayList<>(
            List.of(
                "run",
                play.toString(),
                "-i",
                folder.resolve("hosts").toString(),
                "-e",
                "where=w2"));
    words.addAll(List.of(options));
    int status =
        Main.execute(
            words,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(status).isZero();
    return out.toString(StandardCharsets.UTF_8).replace(folder + "/", "");
  }

  @Test
  void hosts() {
    assertThat(list("--list-hosts", "--limit", "!w1"))
        .isEqualTo(
            """

            playbook: site.yml

              play #1 (web:db): First\tTAGS: [p1]
                pattern: ['web:db']
                hosts (2):
                  w2
                  d1

              play #2 (db,w2): db,w2\tTAGS: []
                pattern: ['db', 'w2']
                hosts (2):
                  d1
                  w2
            """);
  }

  @Test
  void tasks() {
    assertThat(list("--list-tasks"))
        .isEqualTo(
            """

            playbook: site.yml

              play #1 (web:db): First\tTAGS: [p1]
                tasks:
                  debug\tTAGS: [p1]
                  Named {{ x }}\tTAGS: [p1, t1, t2]
                  Inside\tTAGS: [blk, p1]

              play #2 (db,w2): db,w2\tTAGS: []
                tasks:
                  include_tasks\tTAGS: []
            """);
    assertThat(list("--list-tasks", "--tags", "special"))
        .contains("Never\tTAGS: [never, p1, special]")
        .doesNotContain("Inside");
  }

  @Test
  void roles() throws IOException {
    Files.createDirectories(folder.resolve("roles/app/tasks"));
    Files.createDirectories(folder.resolve("roles/app/meta"));
    Files.createDirectories(folder.resolve("roles/base/tasks"));
    Files.writeString(
        folder.resolve("roles/app/tasks/main.yml"),
        "- name: Install\n  debug: {msg: x}\n  tags: inst\n- debug: {msg: y}\n");
    Files.writeString(folder.resolve("roles/app/meta/main.yml"), "dependencies: [base]\n");
    Files.writeString(
        folder.resolve("roles/base/tasks/main.yml"), "- name: Base\n  debug: {msg: x}\n");
    Files.writeString(
        play, "- hosts: all\n  roles: [{role: app, tags: r}]\n  tasks:\n    - debug:\n");
    assertThat(list("--list-tasks"))
        .endsWith(
            """
                tasks:
                  base : Base\tTAGS: [r]
                  app : Install\tTAGS: [inst, r]
                  debug\tTAGS: [r]
                  debug\tTAGS: []
            """);
  }

  @Test
  void tagsAreAllListedAlsoThoseThatNeverRun() {
    assertThat(list("--list-tags"))
        .isEqualTo(
            """

            playbook: site.yml

              play #1 (web:db): First\tTAGS: [p1]
                  TASK TAGS: [blk, never, p1, special, t1, t2]

              play #2 (db,w2): db,w2\tTAGS: []
                  TASK TAGS: []
            """);
    assertThat(list("--list-tags", "--skip-tags", "blk")).contains("TASK TAGS: [p1, t1, t2]");
  }
}
