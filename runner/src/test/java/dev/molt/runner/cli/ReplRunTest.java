package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.molt.runner.cli.ReplKit.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions without a terminal: -c, scripts, pipes; and what lines do. */
class ReplRunTest {
  @TempDir Path folder;
  private ReplKit repl;

  @BeforeEach
  void inventory() throws IOException {
    Path hosts = folder.resolve("hosts.yml");
    Files.writeString(
        hosts,
        """
        all:
          vars: {ansible_connection: local, wanted: one}
          children:
            tegu:
              hosts: {"n[1:4]": {}}
            db:
              hosts:
                n5: {wanted: five, odd: true}
        """);
    repl = new ReplKit(hosts.toString());
  }

  @Test
  void hostsThatAgreeAreTogether() {
    Shown shown = repl.lines("! echo {{ wanted }}", "debug msg={{ wanted }}");
    assertThat(shown.text())
        .isEqualTo(
            """
            n1-n4: one
            n5: five
            n1-n4: ok  one
            n5: ok  five
            """);
    assertThat(shown.status()).isZero();
  }

  @Test
  void ofLongAnswersTheDifferenceIsShown() {
    assertThat(repl.lines("! seq 8; {{ 'echo more' if odd is defined else 'true' }}").text())
        .isEqualTo(
            """
            n1-n4:
                1
                2
                3
                4
                5
                6
                7
                8
            n5: differs from n1-n4
                @@ line 6 @@
                 6
                 7
                 8
                +more
            """);
  }

  @Test
  void resultsAreThereForLaterLines() {
    Shown shown =
        repl.lines(
            "! echo {{ inventory_hostname }} says",
            "{{ $1.stdout }} {{ $_.rc }} {{ $1.n3.stdout }}",
            "$2 | upper",
            "debug:\n  msg: \"{{ $_ }}!\"\nwhen: $1.rc == 0 and inventory_hostname == 'n1'\n",
            ":hosts n1",
            "$4.msg");
    assertThat(shown.text())
        .contains("n2: n2 says 0 n3 says\n", "n2: N2 SAYS 0 N3 SAYS\n")
        .contains("n1: ok  N1 SAYS 0 N3 SAYS!\n", "n2-n5: skipped")
        .endsWith("n1: N1 SAYS 0 N3 SAYS!\n");
    assertThat(shown.status()).isZero();
  }

  @Test
  void allVariablesOfAHostCanBeLookedAt() {
    Shown shown =
        repl.lines(
            ":hosts n1",
            "{{ hostvars['n1'] }}",
            "{{ hostvars }}",
            "{set_fact: {all: \"{{ hostvars }}\"}}",
            "{{ hostvars.n1.all.n5.wanted }} {{ $1.wanted }}");
    assertThat(shown.text()).contains("wanted: one").endsWith("n1: five one\n");
    assertThat(shown.status()).isZero();
  }

  @Test
  void whatGroovySaysIsShown() {
    Shown shown =
        repl.lines(
            ":groovy say 'hello'; println \"I am ${vars.wanted}\"; System.out.println 'out'; 5",
            ":hosts n1,n2",
            ":groovy 6");
    assertThat(shown.text().lines())
        .containsExactlyInAnyOrder(
            "n1-n5: hello",
            "n1-n4: I am one",
            "n5: I am five",
            "n1-n5: out",
            "n1-n5: 5",
            "2 hosts: n1, n2",
            "n1, n2: 6")
        .containsSubsequence("n1-n5: hello", "n1-n5: out", "n1-n5: 5");
  }

  @Test
  void theStatusSaysHowItWent() throws IOException {
    assertThat(repl.lines("! test {{ wanted }} = one").status()).isEqualTo(2);
    assertThat(repl.lines("! exit 3").text()).isEqualTo("n1-n5: FAILED  rc 3\n");
    assertThat(repl.lines("ping", "srvice name=x").status()).isEqualTo(1);
    assertThat(repl.lines("srvice name=x").text())
        .isEqualTo(
            """
            error: there is no module 'srvice'
             --> -c:1:1
            1 | srvice name=x
              | ^^^^^^
              = did you mean 'service'?
            """);
    assertThat(repl.lines("service state=on").text()).contains("1 | service state=on", "^^");
    assertThat(repl.lines("! exit 3", "! echo not reached").text()).doesNotContain("reached");
    Path gone = folder.resolve("gone.ini");
    Files.writeString(gone, "gone ansible_host=127.0.0.1 ansible_port=1\n");
    Shown shown = new ReplKit(gone.toString()).lines("ping");
    assertThat(shown.status()).isEqualTo(4);
    assertThat(shown.text()).startsWith("gone: UNREACHABLE  ");
    assertThat(repl.run("nonsense").status()).isEqualTo(1);
  }

  @Test
  void linesOfAScriptAndOfAPipe() throws IOException {
    String lines = "# checks\n:hosts db\ndebug:\n  msg: here\n\n! exit 2\n! echo never\n";
    Path script = folder.resolve("checks.txt");
    Files.writeString(script, lines);
    String wanted = "1 host: n5\nn5: ok  here\nn5: FAILED  rc 2\n";
    assertThat(repl.run("--script", script.toString())).isEqualTo(new Shown(2, wanted));
    assertThat(repl.pipe(lines)).isEqualTo(new Shown(2, wanted));
    assertThat(repl.pipe(":quit\n! echo never\n")).isEqualTo(new Shown(0, ""));
    assertThat(repl.pipe("ping\nbad line\n").text()).contains("--> stdin:2:1:1");
  }

  @Test
  void anotherPatternOfHosts() {
    assertThat(repl.lines(":hosts tegu:!n3", "{{ 1 }}", ":hosts nobody").text())
        .startsWith("3 hosts: n1, n2, n4\nn1, n2, n4: 1\nerror: ");
    assertThat(repl.run("-l", "n2", "-c", "{{ 1 }}").text()).isEqualTo("n2: 1\n");
  }

  @Test
  void checksChangeNothing() {
    Path file = folder.resolve("new");
    String make = "file path=" + file + " state=directory";
    Shown shown = repl.lines(":hosts n1", ":check on", make, "! touch " + file, ":check off", make);
    assertThat(shown.text())
        .contains("check: on, nothing is changed")
        .contains("n1: would change\n    " + file + " state: absent -> directory\n")
        .contains("n1: unknown  Command would have run if not in check mode")
        .endsWith("n1: changed\n    " + file + " state: absent -> directory\n");
    assertThat(file).isDirectory();
  }

  @Test
  void textsBeforeAndAfter() {
    Path file = folder.resolve("text");
    Shown shown =
        repl.lines(
            ":hosts n1",
            "copy content='one\\ntwo\\n' dest=" + file,
            "copy content='one\\n2\\n' dest=" + file,
            ":diff",
            ":diff on",
            "copy content='one\\nII\\n' dest=" + file);
    assertThat(shown.text()).contains("lines (:diff shows them)", "    -two\n    +2\n");
    assertThat(shown.text()).endsWith("     one\n    -2\n    +II\n");
  }

  @Test
  void nothingIsChangedInAReadOnlySession() throws IOException {
    Path file = folder.resolve("new");
    Path playbook = folder.resolve("site.yml");
    Files.writeString(
        playbook, "- hosts: n1\n  tasks:\n    - {shell: touch " + file + ", check_mode: false}\n");
    assertThat(repl.run("--read-only", "-c", "! true").text())
        .contains("the session is read-only, and a command could do anything");
    assertThat(repl.run("--read-only", "-c", ":check off").status()).isEqualTo(1);
    assertThat(
            repl.run(
                    "--read-only",
                    "-c",
                    "file: {path: " + file + ", state: touch}\ncheck_mode: false",
                    "-c",
                    "shell: touch " + file + "\ncheck_mode: false",
                    "-c",
                    "run " + playbook)
                .text())
        .contains("would change", "unknown", "check run of");
    assertThat(file).doesNotExist();
  }

  @Test
  void whereTheInventorySaysSoSomebodyIsAsked() throws IOException {
    Path file = folder.resolve("new");
    Path hosts = folder.resolve("asks.ini");
    Files.writeString(
        hosts, "a ansible_connection=local molt_confirm=true\nb ansible_connection=local\n");
    ReplKit asks = new ReplKit(hosts.toString());
    String make = "file path=" + file + " state=directory";
    Shown refused = asks.lines("stat path=" + file, make);
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.text())
        .contains("a, b: ok  does not exist", "a, b: would change")
        .contains("the inventory says molt_confirm, and there is nobody to ask", "--yes");
    assertThat(file).doesNotExist();
    assertThat(asks.lines("! touch " + file).status()).isEqualTo(1);
    assertThat(asks.lines(":hosts b", make).status()).isZero();
    assertThat(asks.lines(make).text()).startsWith("a, b: ok  dest=" + file);
    assertThat(asks.run("--yes", "-c", "! echo done").text()).isEqualTo("a, b: done\n");
    assertThat(
            asks.lines("file: {path: " + file + ".3, state: directory}\ncheck_mode: false\n")
                .text())
        .contains("would change", "nobody to ask");
    assertThat(asks.lines("shell: touch " + file + ".2\ncheck_mode: false\n").status())
        .isEqualTo(1);
    assertThat(Path.of(file + ".2")).doesNotExist();
    asks.lines(":check on", "shell: touch " + file + ".2\ncheck_mode: false\n");
    assertThat(Path.of(file + ".2")).doesNotExist();
    assertThat(repl.run("-l", "n2", "-c", ":hosts all").text()).startsWith("5 hosts");
    assertThat(asks.lines(":hosts b", "shell: touch " + file + "\ndelegate_to: a\n").text())
        .contains("nobody to ask");
    Path playbook = folder.resolve("site.yml");
    Files.writeString(playbook, "- hosts: a\n  tasks: [{shell: echo done}]\n");
    Shown planned = asks.lines("run " + playbook);
    assertThat(planned.status()).isEqualTo(1);
    assertThat(planned.text()).contains("check run of", "nobody to ask");
    assertThat(asks.lines("run " + playbook + " --check").status()).isZero();
  }

  @Test
  void playbooksRunOnTheHostsOfTheSession() throws IOException {
    Path playbook = folder.resolve("site.yml");
    Files.writeString(
        playbook,
        """
        - hosts: all
          tasks: [{debug: {msg: "{{ wanted }} {{ molt_result_1 is defined }}"}}]
        """);
    Shown shown =
        repl.lines("{{ 1 }}", ":hosts db", "run " + playbook + " -e wanted=given", "run x.yml");
    assertThat(shown.text())
        .contains("PLAY all  n5", "given False", "there is no playbook 'x.yml'");
    assertThat(repl.lines("run " + playbook + " -i x,").text()).contains("on its own inventory");
    assertThat(repl.lines("run " + playbook + " --list-hosts").text()).contains("hosts (5)");
  }

  @Test
  void aSavedSessionIsAPlaybook() throws IOException {
    Path saved = folder.resolve("checks.yml");
    Shown shown =
        repl.lines(
            ":hosts tegu",
            "! echo {{ wanted }}",
            "{{ $1.stdout | upper }}",
            "assert:\n  that: $2 == 'ONE'\n",
            "{{ 'not needed' }}",
            ":become root",
            "debug msg='it is {{ $1.stdout }}: so'",
            ":save " + saved);
    assertThat(shown.text()).endsWith(saved + ": 4 tasks\n");
    assertThat(saved)
        .content()
        .isEqualTo(
            """
            - hosts: tegu
              tasks:
                - shell:
                    cmd: "echo {{ wanted }}"
                  register: molt_result_1
                - debug:
                    msg: "{{ molt_result_1.stdout | upper }}"
                  register: molt_result_2
                - assert:
                    that: molt_result_2.msg == 'ONE'

            - hosts: tegu
              become: true
              become_user: root
              tasks:
                - debug: "msg='it is {{ molt_result_1.stdout }}: so'"
            """);
    Shown run = repl.lines("run " + saved);
    assertThat(run.text()).contains("it is one: so");
    assertThat(run.status()).isZero();
    assertThat(repl.lines("ping", ":save " + saved).text()).contains("already");
    assertThat(repl.lines(":save " + folder.resolve("none.yml")).status()).isEqualTo(1);
    Path secret = folder.resolve("secret.yml");
    repl.lines("debug msg=x", "! true --password hunter2", ":save " + secret);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
  }

  @Test
  void variablesFactsAndDocumentation() {
    Shown shown =
        repl.lines(
            ":vars n5 wanted",
            "set_fact wanted=now",
            ":vars n5 wanted",
            ":facts system",
            ":doc ping");
    assertThat(shown.text())
        .contains("wanted: five\n  from   ", "hides  one")
        .contains("wanted: now\n  from   (set_fact and register)\n  hides  five")
        .containsPattern("n1-n5: Linux\n")
        .contains("ping");
    assertThat(repl.lines(":vars n9").text()).contains("there is no host 'n9' in the inventory");
    assertThat(repl.lines(":facts").text()).contains("differs from n1");
  }

  @Test
  void theLinesSoFar() {
    Shown shown = repl.lines("ping", "{{ 1 }}", ":results", ":results 2");
    assertThat(shown.text())
        .contains("$1   ok          ping  (n1-n5)\n$2   ok          {{ 1 }}  (n1-n5)\n")
        .contains("n1:\n", "    msg: 1\n");
    assertThat(repl.lines(":results 7").status()).isEqualTo(1);
  }

  @Test
  void watchingShowsWhatChanges() {
    Path file = folder.resolve("count");
    Shown shown =
        repl.lines(
            ":hosts n1:n2",
            ":watch 10ms 4x ! test {{ inventory_hostname }} = n2 || { echo x >> "
                + file
                + "; expr $(wc -l < "
                + file
                + ") / 3; } || true");
    assertThat(shown.text().replaceAll("\\d\\d:\\d\\d(:\\d\\d)?", "TIME"))
        .isEqualTo("2 hosts: n1, n2\nn1: 0\nn2: (no output)\nTIME\nn1: 1\n");
    assertThat(repl.lines(":watch 2s ping").text()).contains(":watch 2s 10x ping");
    assertThat(repl.lines(":watch 2s 1x :hosts").status()).isEqualTo(1);
  }

  @Test
  void mistakesInCommands() {
    assertThat(repl.lines(":host n1").text()).contains("did you mean 'hosts'?");
    assertThat(repl.lines("quit").text()).contains("commands begin with a colon: :quit");
    assertThat(repl.lines(":check perhaps").status()).isEqualTo(1);
    assertThat(repl.lines("- hosts: all\n  tasks: []").text()).contains("this is a play");
    assertThat(repl.lines(":help").text())
        .contains(":watch EVERY [TIMESx] LINE", "run upgrade.yml");
  }

  @Test
  void linesThatLackSomethingSayWhat() {
    assertThat(repl.lines("run"))
        .isEqualTo(
            new Shown(
                1,
                """
                error: run needs a playbook
                 --> -c:1:4
                1 | run
                  |    ^
                  = run upgrade.yml --check; the options are those of molt run
                """));
    assertThat(repl.lines(":doc nosuch").text())
        .contains("lookup or keyword 'nosuch'\n --> -c:1:6\n", "= :doc lists them");
    assertThat(repl.lines(":hosts n1,tgu").text())
        .contains(" --> -c:1:8\n1 | :hosts n1,tgu\n  |        ^^^^^^\n", "did you mean 'tegu'?");
    assertThat(repl.lines(":vars n1 wnted").text())
        .contains(" --> -c:1:10\n", "did you mean 'wanted'?");
    assertThat(repl.lines(":vars n1 nosuch").text()).contains(":vars n1 lists what is");
    assertThat(repl.lines(":save").text()).contains("into which file?", " --> -c:1:6\n");
    assertThat(repl.lines(":watch").text()).contains("how often, and what", " --> -c:1:7\n");
    assertThat(repl.lines(":become a b").status()).isEqualTo(1);
  }

  @Test
  void mistakesInAWatchedLineAreWhereTheyWereTyped() {
    assertThat(repl.lines(":watch 10ms 1x ping dta=x").text())
        .contains(" --> -c:1:21\n1 | :watch 10ms 1x ping dta=x\n  |                     ^^^\n");
    assertThat(repl.lines(":watch 10ms 1x {ping: {dta: x}}").text()).contains(" --> -c:1:24\n");
    assertThat(repl.lines(":watch 10ms 1x debug msg={{ nosuch }}").text())
        .contains(" --> -c:1:29\n", "| :watch 10ms 1x debug msg={{ nosuch }}");
    assertThat(repl.lines(":watch 10ms 1x :hosts").text()).contains(" --> -c:1:16\n");
  }

  @Test
  void aBlankLineWithinATextEndsNoBlockOfAScript() throws IOException {
    String lines =
        """
        :hosts n1
        copy:
          dest: FOLDER/text
          content: |
            one

            two


          mode: '600'

        - name: two
          shell: |

            cat FOLDER/text

        ! echo after
        debug:
          msg: last

         ! echo not in the block
        """
            .replace("FOLDER", folder.toString());
    Path script = folder.resolve("blocks.txt");
    Files.writeString(script, lines);
    for (Shown shown : List.of(repl.run("--script", script.toString()), repl.pipe(lines))) {
      assertThat(shown.text())
          .endsWith("n1:\n    one\n    \n    two\nn1: after\nn1: ok  last\nn1: not in the block\n");
    }
    assertThat(Files.readString(folder.resolve("text"))).isEqualTo("one\n\ntwo\n");
    Files.writeString(script, "debug:\n  msg: |\n    a\n\n    b\n\nnonsense\n");
    assertThat(repl.run("--script", script.toString()).text()).contains("blocks.txt:7:1:1");
  }

  @Test
  void whatWasGivenAsAPasswordIsNotShown() {
    assertThat(
            repl.run("-e", "db_password=hunter22", "-c", "! echo hunter22; echo {{ wanted }}")
                .text())
        .contains("********")
        .doesNotContain("hunter22");
    assertThat(repl.lines("debug: {msg: seen}\nno_log: true").text()).doesNotContain("seen");
  }

  @Test
  void aTerminalWithoutAbilitiesIsPromptedAndGoesOn() {
    String before = System.setProperty("molt.terminal", "true");
    System.setProperty("molt.input.terminal", "true");
    try {
      // What TERM says cannot be changed from within; molt test sets it.
      assumeThat(System.getenv().getOrDefault("TERM", "dumb")).isEqualTo("dumb");
      Shown shown = repl.pipe("! exit 3\n:hosts n1\n:check on\ndebug:\n  msg: a\n\n");
      assertThat(shown.text())
          .isEqualTo(
              """
              molt all> n1-n5: FAILED  rc 3
              molt all> 1 host: n1
              molt n1> check: on, nothing is changed
              molt n1 check> ... ... n1: ok  a
              molt n1 check>\s""");
      assertThat(shown.status()).isZero();
    } finally {
      System.clearProperty("molt.input.terminal");
      if (before == null) {
        System.clearProperty("molt.terminal");
      } else {
        System.setProperty("molt.terminal", before);
      }
    }
  }

  @Test
  void linesThatAreSeveralTasks() {
    Shown shown = repl.lines("- ping:\n- name: second\n  debug: {msg: hi}\n", "$_.msg");
    assertThat(shown.text())
        .isEqualTo("ping\nn1-n5: ok  ping=pong\nsecond\nn1-n5: ok  hi\nn1-n5: hi\n");
  }
}
