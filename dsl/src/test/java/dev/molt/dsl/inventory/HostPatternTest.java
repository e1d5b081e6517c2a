package dev.molt.dsl.inventory;

import static dev.molt.dsl.inventory.Inventories.errorsOf;
import static dev.molt.dsl.inventory.Inventories.ini;
import static dev.molt.dsl.inventory.Inventories.names;
import static dev.molt.dsl.inventory.Inventories.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPatternTest {
  private static final Inventory FLEET =
      ini(
          """
          admin
          [mail]
          n[1:4]
          [db]
          pg1.lan
          pg2.lan
          [staging]
          n4
          pg2.lan
          [empty]
          [v6]
          2001:db8::1
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      textBlock =
          """
              all                ¦ admin n1 n2 n3 n4 pg1.lan pg2.lan 2001:db8::1
              *                  ¦ admin n1 n2 n3 n4 pg1.lan pg2.lan 2001:db8::1
              n2                 ¦ n2
              mail               ¦ n1 n2 n3 n4
              db:mail            ¦ pg1.lan pg2.lan n1 n2 n3 n4
              n3,n1              ¦ n3 n1
              'n3, n1,'          ¦ n3 n1
              n1:n1,mail         ¦ n1 n2 n3 n4
              mail:&staging      ¦ n4
              mail:!staging      ¦ n1 n2 n3
              !staging:mail      ¦ n1 n2 n3
              all:!mail:!db      ¦ admin 2001:db8::1
              !mail              ¦ admin pg1.lan pg2.lan 2001:db8::1
              &staging           ¦ n4 pg2.lan
              mail:db:&staging:!n4 ¦ pg2.lan
              mail[0]            ¦ n1
              mail[-1]           ¦ n4
              mail[1:2]          ¦ n2 n3
              mail[1:]           ¦ n2 n3 n4
              mail[0-1]          ¦ n1 n2
              mail[2:9]          ¦ n3 n4
              mail[0:0]          ¦ n1
              all:&mail[0:1]     ¦ n1 n2
              mail:!mail[0]      ¦ n2 n3 n4
              n?                 ¦ n1 n2 n3 n4
              n[!1]              ¦ n2 n3 n4
              *.lan              ¦ pg1.lan pg2.lan
              pg*                ¦ pg1.lan pg2.lan
              ma*                ¦ n1 n2 n3 n4
              *.lan[1]           ¦ pg2.lan
          *[0:1]             ¦ admin n1
          *[-1]              ¦ 2001:db8::1
          [ds]*[2:3]         ¦ n4 pg2.lan
              ~n[13]$            ¦ n1 n3
              ~(pg|n1)           ¦ n1 pg1.lan pg2.lan
              all:!zz*           ¦ admin n1 n2 n3 n4 pg1.lan pg2.lan 2001:db8::1
              '~n[13]$,pg1.lan'  ¦ n1 n3 pg1.lan
              2001:db8::1        ¦ 2001:db8::1
              'all,&2001:db8::1' ¦ 2001:db8::1
              db:v6:n1           ¦ pg1.lan pg2.lan 2001:db8::1 n1
              emp*               ¦ ''
              all:!2001*         ¦ admin n1 n2 n3 n4 pg1.lan pg2.lan
              empty              ¦ ''
              mail:&empty        ¦ ''
              localhost          ¦ localhost
              127.0.0.1          ¦ 127.0.0.1
              ungrouped          ¦ admin
          """)
  void selects(String pattern, String expected) {
    assertThat(String.join(" ", names(HostPattern.parse(pattern).select(FLEET))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mial          | 1:1 no host or group 'mial' in the inventory = did you mean 'mail'?
          mail:!n9      | 1:6 no host or group 'n9' in the inventory = did you mean 'n1'?
          mail,zzz      | 1:6 no host or group 'zzz' in the inventory = groups are all, ungrouped, mail, db, staging, empty, v6
          n[1:3]        | 1:1 no host or group 'n' in the inventory = brackets in a host pattern choose among the hosts of a group, or of a glob such as n*[0]
          zz*           | 1:1 no host or group matches 'zz*'
          ~zz           | 1:1 no host or group matches '~zz'
          mail[7]       | 1:1 'mail' has only 4 hosts = subscripts count from 0, or from the end with [-1]
          mail[2:1]     | 1:1 this slice of 'mail' ends before it begins = both ends are included: [0:2] are the first three
          aa:bb:cc      | 1:1 no host or group 'aa' in the inventory = groups are all, ungrouped, mail, db, staging, empty, v6⏎host pattern:1:4 no host or group 'bb' in the inventory = did you mean 'db'?⏎host pattern:1:7 no host or group 'cc' in the inventory = groups are all, ungrouped, mail, db, staging, empty, v6
          mail[-5]      | 1:1 'mail' has only 4 hosts = subscripts count from 0, or from the end with [-1]
          ~(            | 1:1 not a regular expression: unclosed group
          a:!           | 1:3 nothing follows the '!'
          mail[0        | 1:5 a bracket without its partner
          ','           | 1:1 the host pattern is empty = name hosts or groups, or write 'all', which is what Ansible would take it for
          ''            | 1:1 the host pattern is empty = name hosts or groups, or write 'all', which is what Ansible would take it for
          """)
  void refuses(String pattern, String expected) {
    assertThat(errorsOf(() -> HostPattern.parse(pattern).select(FLEET)))
        .isEqualTo("host pattern:" + expected.replace('⏎', '\n'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mail:zzz:!n9  | n1 n2 n3 n4 | Could not match supplied host pattern, ignoring: zzz; Could not match supplied host pattern, ignoring: n9
          zz*           | ''          | Could not match supplied host pattern, ignoring: zz*
          mail[7],n1    | n1          | No hosts matched the subscripted pattern: mail
          """)
  void aMismatchMayBeAWarningOrNothing(String pattern, String expected, String warnings) {
    List<Diagnostic> told = new ArrayList<>();
    HostPattern parsed = HostPattern.parse(pattern);
    assertThat(String.join(" ", names(parsed.select(FLEET, Mismatch.WARNING, told::add))))
        .isEqualTo(expected);
    assertThat(told.stream().map(Diagnostic::message).collect(Collectors.joining("; ")))
        .isEqualTo(warnings);
    told.clear();
    assertThat(String.join(" ", names(parsed.select(FLEET, Mismatch.IGNORE, told::add))))
        .isEqualTo(expected);
    assertThat(told).isEmpty();
    assertThat(HostPattern.parse("all").select(Inventory.empty(), Mismatch.WARNING, told::add))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "web, web",
    "!web, web other",
    "all:&web, n1",
    "web[0], n1",
    "w*, n1 web",
    "web:other, web other"
  })
  void aNameOfBothMeansTheHostUnlessSomethingIsDoneWithIt(String pattern, String expected) {
    Inventory both = ini("web\nother\n[web]\nn1\n");
    assertThat(String.join(" ", names(HostPattern.parse(pattern).select(both))))
        .isEqualTo(expected);
  }

  @Test
  void aNameThatIsNotThereIsFoundInThePlaybook() {
    Node hosts = YamlReader.read(Source.inline("site.yml", "- mail\n- 'db:mial'\n")).orElseThrow();
    assertThat(errorsOf(() -> HostPattern.parse(hosts).select(FLEET)))
        .isEqualTo("site.yml:2:7 no host or group 'mial' in the inventory = did you mean 'mail'?");
  }

  @Test
  void anInventoryWithoutHostsSaysWhatWasRead() {
    assertThat(errorsOf(() -> HostPattern.parse("web").select(Inventory.empty())))
        .isEqualTo(
            "host pattern:1:1 no host or group 'web': no inventory was given"
                + " = name an inventory with -i");
    assertThat(errorsOf(() -> HostPattern.parse("all").select(Inventory.empty())))
        .contains("no inventory was given");
    assertThat(names(HostPattern.parse("localhost").select(Inventory.empty())))
        .containsExactly("localhost");
  }

  @Test
  void theImplicitLocalhostIsConnectedToWithoutSsh() {
    Host local = HostPattern.parse("localhost").select(FLEET).get(0);
    assertThat(local.variable("ansible_connection")).isPresent();
    assertThat(local.groups()).isEmpty();
    assertThat(HostPattern.parse("localhost").select(ini("localhost x=1\n")).get(0).groupNames())
        .containsExactly("ungrouped");
  }

  @Test
  void limitsMayComeFromFiles(@TempDir Path directory) throws IOException {
    write(directory.resolve("retry"), "n1\n# not this\n\nn4\nn3\n");
    HostPattern limit = HostPattern.limit("@retry,!n3", directory);
    assertThat(names(HostPattern.parse("mail").select(FLEET, limit))).containsExactly("n1", "n4");
    write(directory.resolve("wrong"), "n1\nn44\n");
    assertThat(errorsOf(() -> HostPattern.limit("@wrong", directory).select(FLEET)))
        .contains("wrong:2:1 no host or group 'n44' in the inventory = did you mean 'n4'?");
    assertThat(errorsOf(() -> HostPattern.limit("@none", directory))).startsWith("cannot read");
    assertThat(names(HostPattern.limit("db:@retry", directory).select(FLEET)))
        .containsExactly("pg1.lan", "pg2.lan", "n1", "n4", "n3");
    assertThat(errorsOf(() -> HostPattern.limit("@.", directory)))
        .contains("must be a file", "is a directory");
    write(directory.resolve("empty"), "");
    assertThat(errorsOf(() -> HostPattern.limit("@empty", directory)))
        .startsWith("--limit:1:1 the host pattern is empty");
  }
}
