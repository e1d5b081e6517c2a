package dev.molt.dsl.inventory;

import static dev.molt.dsl.inventory.Inventories.errorsOf;
import static dev.molt.dsl.inventory.Inventories.groups;
import static dev.molt.dsl.inventory.Inventories.ini;
import static dev.molt.dsl.inventory.Inventories.names;
import static dev.molt.dsl.inventory.Inventories.variable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.yaml.ScalarNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IniInventoryTest {
  private static final String FLEET =
      """
      ; the fleet
      admin ansible_host=10.0.0.9   # the bastion
      [mail]
      n[01:03] ansible_user=root
      n09:2222 note='two words' tags="['a', 'b']"

      [db]
      pg1
      [db:vars]
      port = 5432
      url=https://x/?a=b
      [prod:children]
      mail
      db # the database
      [prod:vars]
      site=eu
      """;

  @Test
  void readsSectionsHostsAndVariables() {
    Inventory inventory = ini(FLEET);
    assertThat(names(inventory.hosts()))
        .containsExactly("admin", "n01", "n02", "n03", "n09", "pg1");
    assertThat(groups(inventory)).isEqualTo("mail=n01,n02,n03,n09 db=pg1 prod=n01,n02,n03,n09,pg1");
    assertThat(variable(inventory, "admin", "ansible_host")).isEqualTo(Value.of("10.0.0.9"));
    assertThat(variable(inventory, "n02", "ansible_user")).isEqualTo(Value.of("root"));
    assertThat(variable(inventory, "n09", "ansible_port")).isEqualTo(Value.of(2222));
    assertThat(variable(inventory, "n09", "note")).isEqualTo(Value.of("two words"));
    assertThat(variable(inventory, "n09", "tags")).hasToString("ListValue[items=['a', 'b']]");
    assertThat(variable(inventory, "pg1", "port")).isEqualTo(Value.of(5432));
    assertThat(variable(inventory, "pg1", "url")).isEqualTo(Value.of("https://x/?a=b"));
    assertThat(variable(inventory, "pg1", "site")).isEqualTo(Value.of("eu"));
    assertThat(inventory.host("admin").orElseThrow().groups()).containsExactly("all", "ungrouped");
    assertThat(inventory.warnings()).isEmpty();
  }

  @Test
  void variablesMayComeBeforeTheirGroup() {
    assertThat(variable(ini("[a:vars]\nx=1\n[a]\nn1\n"), "n1", "x")).isEqualTo(Value.of(1));
  }

  /** What ast.literal_eval makes of these, or the text itself. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      textBlock =
"""
5                 ¦ 5
-5                ¦ -5
0x1f              ¦ 31
0o17              ¦ 15
1_000             ¦ 1000
0                 ¦ 0
0644              ¦ '0644'
1.5               ¦ FloatValue[value=1.5]
1e3               ¦ FloatValue[value=1000.0]
1.                ¦ FloatValue[value=1.0]
10.0.0.1          ¦ '10.0.0.1'
5432/tcp          ¦ '5432/tcp'
True              ¦ True
true              ¦ 'true'
yes               ¦ 'yes'
None              ¦ None
null              ¦ 'null'
'5'               ¦ '5'
"a\\tb"           ¦ 'a	b'
'a' "b"           ¦ 'ab'
r'\\d'            ¦ '\\d'
'it''s'           ¦ 'its'
'open             ¦ ''open'
it's              ¦ 'it's'
[]                ¦ ListValue[items=[]]
[1, 'x', True,]   ¦ ListValue[items=[1, 'x', True]]
(1,)              ¦ ListValue[items=[1]]
(1)               ¦ 1
1, 2              ¦ ListValue[items=[1, 2]]
{1, 2}            ¦ ListValue[items=[1, 2]]
{'a': [1], 'b': {}} ¦ {'a'=ListValue[items=[1]], 'b'={}}
[a, b]            ¦ '[a, b]'
[1, 2             ¦ '[1, 2'
{{ x }}           ¦ '{{ x }}'
{{ 'a' }}         ¦ '{{ 'a' }}'
a # b             ¦ 'a # b'
5 # five          ¦ 5
'a' # b           ¦ 'a'
C:\\dir           ¦ 'C:\\dir'
a=b               ¦ 'a=b'
""")
  void valuesOfGroupsArePythonLiteralsOrTexts(String written, String expected) {
    assertThat(variable(ini("[g]\nn1\n[g:vars]\nx = " + written + "\n"), "n1", "x"))
        .hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      textBlock =
"""
x=5               ¦ 5
x='5'             ¦ 5
x="'5'"           ¦ '5'
x='a b'           ¦ 'a b'
x=a\\ b           ¦ 'a b'
x="a \\"b\\" c"   ¦ 'a "b" c'
x=a'b'c           ¦ 'abc'
x=                ¦ ''
x=a=b             ¦ 'a=b'
x="[1, 2]"        ¦ ListValue[items=[1, 2]]
x=[1,2]           ¦ ListValue[items=[1, 2]]
x="{'a': 1}"      ¦ {'a'=1}
x='{{ y }}'       ¦ '{{ y }}'
x='a # b'         ¦ 'a # b'
x=a # b           ¦ 'a'
""")
  void valuesOfHostsAreUnquotedAsAShellDoesFirst(String written, String expected) {
    assertThat(variable(ini("n1 " + written + "\n"), "n1", "x")).hasToString(expected);
  }

  @Test
  void textsKnowWhereTheyStandThroughBothKindsOfQuotes() {
    Inventory inventory = ini("n1 y=1 x=\"'a{{ b }}'\"\n");
    ScalarNode x =
        (ScalarNode) inventory.host("n1").orElseThrow().variable("x").orElseThrow().value();
    assertThat(x.text()).isEqualTo("a{{ b }}");
    assertThat(x.origin().at(1, 2)).hasToString("hosts.ini:1:13");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      textBlock =
"""
[a:chidren]⏎b        ¦ hosts.ini:1:4 unknown kind of section 'chidren' = did you mean 'children'?
[a b]⏎n1             ¦ hosts.ini:1:1 this is no section heading = write [group], [group:vars] or [group:children]
[a                   ¦ hosts.ini:1:1 this is no section heading = write [group], [group:vars] or [group:children]
[web]⏎n1⏎[p:children]⏎wbe ¦ hosts.ini:4:1 the group 'p' contains 'wbe', which nothing defines = did you mean 'web'?
[p:children]⏎mail    ¦ hosts.ini:2:1 the group 'p' contains 'mail', which nothing defines = define it with a line [mail]
[web]⏎n1⏎[wbe:vars]⏎x=1 ¦ hosts.ini:3:2 variables for the group 'wbe', which nothing defines = did you mean 'web'?
[a]⏎n1 x = 1         ¦ hosts.ini:2:4 expected key=value behind the name of a host = no spaces around the '='; a value with spaces has to be in quotes⏎hosts.ini:2:6 expected key=value behind the name of a host = no spaces around the '='; a value with spaces has to be in quotes⏎hosts.ini:2:8 expected key=value behind the name of a host = no spaces around the '='; a value with spaces has to be in quotes
n1 n2                ¦ hosts.ini:1:4 expected key=value behind the name of a host = one host stands in each line
[a]⏎x=1              ¦ hosts.ini:2:1 a line here begins with the name of a host = variables of a whole group stand in a section of their own: [a:vars]
[a:vars]⏎x⏎[a]       ¦ hosts.ini:2:1 expected key=value = write name=value
[a:children]⏎b c     ¦ hosts.ini:2:1 expected the name of one group = one in each line
n1 x='a              ¦ hosts.ini:1:6 this quote is never closed = put the whole value in quotes
n1 pw=a#b            ¦ hosts.ini:1:8 a '#' inside of a value begins a comment, also in Ansible = put the whole value in quotes
n1 x=1 x=2           ¦ hosts.ini:1:8 the variable 'x' is given twice = remove one of them; Ansible would silently take the last
[a]⏎[a:vars]⏎x=1⏎x=2 ¦ hosts.ini:4:1 the variable 'x' is given twice = remove one of them; Ansible would silently take the last
all:                 ¦ hosts.ini:1:1 a ':' behind a name = if this file is YAML, give it the extension .yml
n[1:x]               ¦ hosts.ini:1:1 the range in 'n[1:x]' is wrong: its end 'x' is no number = ranges are written as [1:9], [01:09], [0:8:2] or [a:f]
[a:children]⏎b⏎[b:children]⏎a ¦ hosts.ini:4:1 the group 'a' lies within itself: a -> b -> a
""")
  void saysWhatIsWrong(String text, String expected) {
    assertThat(errorsOf(() -> ini(text.replace('⏎', '\n')))).isEqualTo(expected.replace('⏎', '\n'));
  }

  @Test
  void showsTheLine() {
    DiagnosticException e =
        Assertions.catchThrowableOfType(
            DiagnosticException.class, () -> ini("[web]\nn1\n[prod:children]\nwbe\n"));
    assertThat(DiagnosticFormatter.format(e.diagnostics().get(0)))
        .isEqualTo(
            """
            error: the group 'prod' contains 'wbe', which nothing defines
             --> hosts.ini:4:1
            2 | n1
            3 | [prod:children]
            4 | wbe
              | ^^^
              = did you mean 'web'?
            """);
  }

  @Test
  void warnsOfWhatAnsibleTakesDifferentlyThanItLooks() {
    assertThat(ini("[g]\nn1\n[g:vars]\nx=a # b\nversion=1.10\n").warnings())
        .extracting(Inventories::line)
        .containsExactly(
            "hosts.ini:4:5 this is part of the value, as it is in Ansible"
                + " = put a comment on a line of its own, or the value in quotes",
            "hosts.ini:5:9 '1.10' is the number 1.1 here, as it is in Ansible"
                + " = if it is a version, keep it a text: '\"1.10\"'");
  }

  @Property(tries = 3000)
  void anyTextIsReadOrRefused(@ForAll("texts") String text) {
    try {
      ini(text).hosts();
    } catch (DiagnosticException e) {
      e.diagnostics().forEach(d -> assertThat(DiagnosticFormatter.format(d)).isNotBlank());
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "\n",
            "\n",
            "[",
            "]",
            "[a]\n",
            "[a:vars]\n",
            "[b:children]\n",
            "a",
            "b",
            "n1",
            " ",
            "=",
            ":",
            "'",
            "\"",
            "\\",
            "#",
            ";",
            "1",
            "0x",
            ".",
            "e5",
            "(",
            ")",
            "{",
            "}",
            ",",
            "True",
            "[1:3]",
            "\r",
            "😀",
            "x=",
            "-",
            "\\u00",
            "é")
        .list()
        .ofMaxSize(25)
        .map(list -> String.join("", list));
  }
}
