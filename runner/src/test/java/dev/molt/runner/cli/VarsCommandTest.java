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

class VarsCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void inventory() throws IOException {
    file("hosts", "[web]\na port=22 x=ini\nb\n");
    file(
        "group_vars/web.yml",
        """
        x: of web
        y: "{{ x }}-{{ inventory_hostname }}"
        z: {a: [1, 'two']}
        nope: "{{ z.b }}"
        """);
    file("group_vars/all.yml", "x: of all\nport: 80\n");
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private record Shown(int status, String out, String err) {}

  private Shown vars(String... words) {
    List<String> all = new ArrayList<>(List.of("vars"));
    all.addAll(List.of(words));
    all.addAll(List.of("-i", folder.resolve("hosts").toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.execute(
            all,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Shown(status, text(out), text(err));
  }

  private String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8).replace(folder + "/", "");
  }

  @Test
  void allOfAHost() {
    assertThat(vars("a").out)
        .isEqualTo(
            """
            ansible_host: a  # (connection)
            nope: ?  ('dict object' has no attribute 'b')  # group_vars/web.yml:4:7  (group_vars/web beside the inventory)
            port: 22  # hosts:2:8  (inventory vars of host a)
            x: ini  # hosts:2:13  (inventory vars of host a)
            y: ini-a  # group_vars/web.yml:2:4  (group_vars/web beside the inventory)
            z: {"a": [1, "two"]}  # group_vars/web.yml:3:4  (group_vars/web beside the inventory)
            """);
  }

  @Test
  void whatAValueHides() throws IOException {
    file("p.yml", "- hosts: b\n- hosts: all\n  vars: {x: of play}\n  vars_files: v.yml\n");
    file("v.yml", "x: of file\n");
    String playbook = folder.resolve("p.yml").toString();
    assertThat(vars("a", "x", "-e", "x=extra", "--playbook", playbook).out)
        .isEqualTo(
            """
            x: extra
              from   -e:1:3  (extra vars)
              hides  of file  # v.yml:1:4  (vars_files)
              hides  of play  # p.yml:3:13  (play vars)
              hides  ini  # hosts:2:13  (inventory vars of host a)
              hides  of web  # group_vars/web.yml:1:4  (group_vars/web beside the inventory)
              hides  of all  # group_vars/all.yml:1:4  (group_vars/all beside the inventory)
            """);
  }

  @Test
  void unknownNames() {
    Shown variable = vars("a", "prot");
    assertThat(variable.err)
        .isEqualTo("error: nothing defines 'prot' for a\n  = did you mean 'port'?\n");
    assertThat(variable.status).isOne();
    assertThat(vars("aa").err)
        .isEqualTo("error: there is no host 'aa' in the inventory\n  = did you mean 'a'?\n");
    assertThat(vars().err).contains("molt vars needs the name of a host");
  }
}
