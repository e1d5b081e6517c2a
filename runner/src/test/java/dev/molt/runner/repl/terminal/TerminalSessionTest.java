package dev.molt.runner.repl.terminal;

import static dev.molt.runner.repl.terminal.TypingKit.CTRL_C;
import static dev.molt.runner.repl.terminal.TypingKit.CTRL_D;
import static dev.molt.runner.repl.terminal.TypingKit.END;
import static dev.molt.runner.repl.terminal.TypingKit.LEFT;
import static dev.molt.runner.repl.terminal.TypingKit.TAB;
import static dev.molt.runner.repl.terminal.TypingKit.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.vault.Vault;
import dev.molt.dsl.vault.VaultSecret;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.runner.cli.Style;
import dev.molt.runner.repl.Start;
import dev.molt.runner.repl.StartKit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions at a terminal, key by key. */
class TerminalSessionTest {
  @TempDir Path folder;

  private Path history() {
    return folder.resolve("state/molt/repl-hosts");
  }

  private TypingKit open() throws IOException {
    return open("n1,n2,n3,");
  }

  private TypingKit open(String inventory) throws IOException {
    return new TypingKit(StartKit.local(folder, inventory), history());
  }

  @Test
  void linesAreCarriedOutAndControlDLeaves() throws Exception {
    try (TypingKit typing = open()) {
      typing.line("! echo it was $((40 + 2))").expect("n1-n3: it was 42").expect("molt all> ");
      typing.line(":hosts n2").expect("1 host: n2").expect("molt n2> ");
      typing.line(":check on").expect("molt n2 check> ");
      typing.line(":become operator").expect("molt n2 as operator check> ");
      typing.line("nonsense").expect("there is no module 'nonsense'");
      typing.type(CTRL_D).ended();
    }
  }

  @Test
  void aLineThatIsNotAllThereGoesOnInTheNext() throws Exception {
    try (TypingKit typing = open()) {
      typing.line("debug:").expect("... ");
      typing.line("  msg: \"{{ inventory_hostname");
      typing.line("    | upper }}\"").line("").expect("n3: ok  N3");
      typing.line("debug msg='one").line("two'").expect("two\n");
      typing.line(":quit").ended();
    }
  }

  @Test
  void wordsAreCompleted() throws Exception {
    Files.createDirectories(folder.resolve("playbooks"));
    Files.writeString(folder.resolve("playbooks/upgrade.yml"), "[]");
    try (TypingKit typing = open()) {
      typing.type("servi" + TAB).expect("service").type("_f" + TAB).expect("acts");
      typing.type(CTRL_C).expect("molt all> ");
      typing.type("service na" + TAB).expect("me=").type("tegu st" + TAB).expect("ate");
      typing.type(CTRL_C).expect("molt all> ");
      typing.type("service state=sto" + TAB).expect("pped");
      typing.type(CTRL_C).expect("molt all> ");
      typing.type(":hosts al" + TAB).expect("l").type(":!n" + TAB).expect("n1").expect("n3");
      typing.type(CTRL_C).expect("molt all> ");
      typing.type("run upg" + TAB).expect("rade.yml");
      typing.type(CTRL_C).expect("molt all> ");
      typing.type("{{ inventory_hostn" + TAB).expect("ame").type(" | upp" + TAB).expect("er");
      typing.type(CTRL_C).expect("molt all> ");
      typing.type(":wat" + TAB).expect("ch");
    }
  }

  @Test
  void aQuoteIsKept() throws Exception {
    Files.writeString(folder.resolve("file.txt"), "");
    try (TypingKit typing = open()) {
      typing.type("copy src=\"fi" + TAB).expect("le.txt\" ").type("des" + TAB).expect("t=");
      typing.type(CTRL_C).expect("molt all> ");
      typing.type("copy src=\"fi\"" + LEFT + TAB).expect("le.txt");
      typing.line(END + " x=y").expect("no option 'x'").expect("copy src=\"file.txt\" x=y\n");
    }
  }

  @Test
  void whatIsTypedIsReplacedWhereItMustBe() throws Exception {
    try (TypingKit typing = open("web-1,web-2,zone-1,")) {
      typing.line("! echo it is {{ inventory_hostname }}").expect("web-2: it is");
      typing.line("$1.z" + TAB + ".stdout").expect("web-1, web-2, zone-1: it is zone-1");
      typing.line("$1.w" + TAB + "2'].stdout").expect("web-1, web-2, zone-1: it is web-2");
      String behind = "\"].inventory_hostname }}";
      typing.type("{{ hostvars[\"z" + behind + LEFT.repeat(behind.length()) + TAB).line("");
      typing.expect("web-1, web-2, zone-1: zone-1");
    }
  }

  @Test
  void whatIsPastedIsTakenAsAWhole() throws Exception {
    try (TypingKit typing = open("n1,")) {
      typing.type(pasted("copy:\n  dest: " + folder + "/text\n  content: |\n    a\n\n    b\n"));
      typing.line("").line("").expect("n1: changed");
      assertThat(Files.readString(folder.resolve("text"))).isEqualTo("a\n\nb\n");
      typing.type(
          pasted("! echo $((40 + 2))\ndebug:\n  msg: |\n    a\n\n    b\n\n! echo $((1 + 2))"));
      typing.line("").expect("n1: 42\n").expect("n1: ok").expect("n1: 3\n");
    }
  }

  private static String pasted(String text) {
    return "\u001b[200~" + text.replace("\n", "\r") + "\u001b[201~";
  }

  @Test
  void controlCStopsWhatIsAtWorkOnAllHosts() throws Exception {
    try (TypingKit typing = open()) {
      Path busy = folder.resolve("busy");
      typing.line("! echo $$ >> " + busy + "; sleep 86399");
      while (!Files.exists(busy) || Files.readAllLines(busy).size() < 3) {
        Thread.sleep(5);
      }
      typing.type(CTRL_C).expect("interrupted: it may be half done on n1-n3").expect("molt all> ");
      for (String process : Files.readAllLines(busy)) {
        assertThat(ProcessHandle.of(Long.parseLong(process)).filter(ProcessHandle::isAlive))
            .isEmpty();
      }
      typing.line("! echo still here").expect("n1-n3: still here");
      typing.type("! echo given up" + CTRL_C).expect("molt all> ");
      typing.line(":watch 50ms ! echo watched").expect("n1-n3: watched");
      typing.type(CTRL_C).expect("molt all> ");
    }
  }

  @Test
  void linesOfEarlierSessionsAreThereButNoSecrets() throws Exception {
    try (TypingKit typing = open()) {
      typing.line("! echo remembered").expect("n1-n3: remembered");
      typing.line("debug:\n  msg: of several\n").expect("of several");
      typing.line("user name=x password=hunter2 state=absent").expect("n1-n3: ");
      typing.line("debug msg=x vars_token=abc").expect("> ");
      typing.line(" ! echo not to be remembered").expect("not to be");
      typing.line(":quit").ended();
    }
    assertThat(history())
        .content()
        .isEqualTo("! echo remembered\ndebug:\\n  msg: of several\n:quit\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history())))
        .isEqualTo("rw-------");
    try (TypingKit typing = open()) {
      typing.type(UP + UP + UP + UP + "\r").expect("n1-n3: remembered");
    }
  }

  @Test
  void whatIsInAVaultIsASecretBeforeItIsUsed() throws Exception {
    VaultSecret password = VaultSecret.of(VaultSecret.DEFAULT_ID, "geheim");
    Path hosts = folder.resolve("vaulted.yml");
    Files.writeString(
        hosts,
        "all:\n  hosts: {n1: }\n  vars:\n    door:\n      inner: !vault |\n"
            + Vault.encrypt("open sesame", password).indent(8));
    Files.createDirectories(folder.resolve("host_vars"));
    Files.writeString(
        folder.resolve("host_vars/n1.yml"), Vault.encrypt("word: abracadabra\n", password));
    Start start = StartKit.vaulted(folder, hosts.toString(), VaultSecrets.of(List.of(password)));
    try (TypingKit typing = new TypingKit(start, history())) {
      typing.line("! echo open sesame > /dev/null; echo sesame open sesame").expect("sesame ****");
      typing.line("! echo abracadabra").expect("n1: ********");
      typing.line("! echo kept").expect("n1: kept");
      typing.line(":quit").ended();
    }
    assertThat(history()).content().isEqualTo("! echo kept\n:quit\n");
  }

  @Test
  void twoHundredHosts() throws Exception {
    try (TypingKit typing = open("h[1:200],")) {
      typing
          .line("! test {{ inventory_hostname }} != h77 && echo all the same || seq 30")
          .expect("h1-h76, h78-h200: all the same")
          .expect("h77:\n    1\n")
          .expect("    30\n");
      typing.line("{{ 200 }}").expect("h1-h200: 200");
    }
  }

  @Test
  void somebodyIsAsked() throws Exception {
    Path made = folder.resolve("made");
    Path hosts = folder.resolve("asks.ini");
    Files.writeString(hosts, "a molt_confirm=true\n");
    try (TypingKit typing = open(hosts.toString())) {
      String make = "file path=" + made + " state=directory";
      typing.line(make).expect("would change").expect("make this change on a? [y/N] ");
      typing.line("").expect("not run: nothing was changed").expect("molt all> ");
      assertThat(made).doesNotExist();
      typing.line(make).expect("[y/N] ").type("y\r").expect("a: changed").expect("molt all> ");
      assertThat(made).isDirectory();
      typing.type(UP).expect("directory");
    }
  }

  @Test
  void whatWasTypedBeforeAQuestionIsNotItsAnswer() throws Exception {
    Path made = folder.resolve("made");
    Path hosts = folder.resolve("asks.ini");
    Files.writeString(hosts, "a molt_confirm=true\n");
    try (TypingKit typing = open(hosts.toString())) {
      String make = "! touch " + made;
      typing.line(make + "\ry\ry").expect("[y/N] ");
      typing.line("").expect("not run").expect("molt all> ");
      assertThat(made).doesNotExist();
      typing.line(make + "\rye").expect("[y/N] ").line("s").expect("not run");
      assertThat(made).doesNotExist();
      typing.expect("molt all> ").line(make).expect("[y/N] ").line("yes").expect("a: (no");
      assertThat(made).exists();
    }
  }

  @Test
  void whatWasOnlyLookedAtLeavesNothing() throws Exception {
    Path hosts = folder.resolve("asks.ini");
    Files.writeString(hosts, "a molt_confirm=true\nb\n");
    try (TypingKit typing = open(hosts.toString())) {
      typing.line("add_host name=c groups=late seen={{ 1 }}").expect("[y/N] ");
      typing.line("n").expect("not run: nothing was changed").expect("molt all> ");
      typing.line("{{ groups.late | default('none') }}").expect("a, b: none");
      String count = "- set_fact: {n: \"{{ n | default(0) | int + 1 }}\"}\n- shell: echo done\n";
      typing.line(count).expect("[y/N] ").line("n").expect("not run").expect("molt all> ");
      typing.line("{{ n is defined }}").expect("a, b: false");
      typing.line(count).expect("[y/N] ").line("y").expect("done").expect("molt all> ");
      typing.line("{{ n }}").expect("a, b: 1");
    }
  }

  @Test
  void somebodyIsAskedOfAHostThatALineComesTo() throws Exception {
    Path made = folder.resolve("made");
    Path hosts = folder.resolve("asks.ini");
    Files.writeString(hosts, "a molt_confirm=true\nb\n");
    try (TypingKit typing = open(hosts.toString())) {
      typing.line(":hosts b").expect("molt b> ");
      String make = "{shell: touch " + made + ", delegate_to: a}";
      typing.line(make).expect("'shell' changes a: do it? [y/N] ");
      typing.line("").expect("not allowed: a was not changed").expect("molt b> ");
      assertThat(made).doesNotExist();
      typing.line(make).expect("do it? [y/N] ").line("y").expect("b on a: ").expect("molt b> ");
      assertThat(made).exists();
    }
  }

  @Test
  void whatIsNotKnownStandsOut() throws Exception {
    try (TypingKit typing = open()) {
      typing.type("ping ").expect("ping");
      assertThat(typing.raw()).contains("\u001b[32mp");
      typing.type(CTRL_C).expect("molt all> ");
      typing.type("pong ").expect("pong ");
      assertThat(typing.raw()).contains("\u001b[31m");
    }
  }

  @Test
  void aDumbTerminalDoes() throws Exception {
    try (TypingKit typing = new TypingKit(StartKit.local(folder, "n1,"), history(), "dumb")) {
      typing.line("! echo plain").expect("n1: plain");
      typing.type(CTRL_D).ended();
    }
  }

  @Test
  void whatHostsSayCannotTellTheTerminalAnything() throws Exception {
    try (TypingKit typing = open("n1,")) {
      String said = "printf '\\033[2J\\033]0;x\\007\\302\\233m\\tend\\177\\n'";
      String shown = "n1: ^[[2J^[]0;x^G<U+009B>m\tend^?\n";
      typing.line("! " + said).expect(shown);
      typing.line("{{ $_.stdout | length }}").expect("n1: 17");
      typing.line(":watch 1ms 1x ! " + said).expect(shown);
      assertThat(typing.raw()).doesNotContain("\u001b]0;x").doesNotContain("\u009b");
    }
  }

  @Test
  void whatGoesWrongInsideDoesNotEndTheSession() throws Exception {
    Start start = StartKit.failing(folder, "n1,");
    try (TypingKit typing = new TypingKit(start, history())) {
      typing.line("run x.yml").expect("error: internal error").expect("it went wrong");
      typing.expect("molt all> ").line("! echo still here").expect("n1: still here");
    }
  }

  @Test
  void whatCannotBeColouredIsShownPlain() {
    LineHighlighter broken = new LineHighlighter(null);
    assertThat(broken.highlight(null, "ping data=x")).hasToString("ping data=x");
  }

  @Test
  void whatIsAtWorkFitsInOneRow() throws Exception {
    Start start = StartKit.local(folder, "n1,");
    Style live = new Style(false, true);
    try (TypingKit typing = new TypingKit(start, history(), "xterm", Size.of(40, 24), live)) {
      String name = "\u6f22".repeat(30);
      typing.line("- name: \"" + name + "\\e[2J\"\n  shell: echo done\n").expect("n1: done");
      List<String> rows =
          Arrays.stream(typing.raw().split("\r\u001b\\[K"))
              .filter(r -> r.startsWith("... \u6f22"))
              .toList();
      assertThat(rows).isNotEmpty();
      for (String row : rows) {
        assertThat(row).doesNotContain("\u001b");
        assertThat(new AttributedString(row).columnLength()).isBetween(30, 39);
      }
    }
  }
}
