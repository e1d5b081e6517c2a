package dev.molt.dsl.inventory;

import static dev.molt.dsl.inventory.Inventories.errorsOf;
import static dev.molt.dsl.inventory.Inventories.groups;
import static dev.molt.dsl.inventory.Inventories.ini;
import static dev.molt.dsl.inventory.Inventories.names;
import static dev.molt.dsl.inventory.Inventories.variable;
import static dev.molt.dsl.inventory.Inventories.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What add_host, group_by and refresh_inventory do to an inventory. */
class InventoryGrowthTest {
  private static final Inventory FLEET = ini("top\n[web]\nn1 x=1\nn2\n[db]\nn2\n[web:vars]\nw=1\n");

  @Test
  void anAddedHostIsInAllAndItsGroups() {
    Inventory more = FLEET.withHost("new", List.of("web", "fresh"), Map.of("x", Value.of(7)));
    assertThat(names(more.hosts())).containsExactly("new", "top", "n1", "n2");
    assertThat(groups(more)).isEqualTo("web=n1,n2,new db=n2 fresh=new");
    assertThat(variable(more, "new", "w")).isEqualTo(Value.of(1));
    assertThat(variable(more, "new", "x")).isEqualTo(Value.of(7));
    assertThat(more.host("new").orElseThrow().groups()).containsExactly("all", "fresh", "web");
    assertThat(more.group("ungrouped").orElseThrow().hosts()).containsExactly("top");
    assertThat(groups(FLEET)).as("the one before").isEqualTo("web=n1,n2 db=n2");
    assertThat(FLEET.host("new")).isEmpty();
  }

  @Test
  void aHostInNoGroupIsUngrouped() {
    Inventory more = FLEET.withHost("new", List.of());
    assertThat(more.host("new").orElseThrow().groupNames()).containsExactly("ungrouped");
    assertThat(more.group("ungrouped").orElseThrow().hosts()).containsExactly("top", "new");
    Inventory moved = more.withMember("top", "web", List.of());
    assertThat(moved.group("ungrouped").orElseThrow().hosts()).containsExactly("new");
    assertThat(moved.host("top").orElseThrow().groups()).containsExactly("all", "web");
  }

  @Test
  void whatChangesNothingGivesTheSameInventory() {
    Inventory more = FLEET.withHost("n1", List.of("web"), Map.of("y", Value.of("a")));
    assertThat(more).isNotSameAs(FLEET);
    assertThat(more.withHost("n1", List.of("web"), Map.of("y", Value.of("a")))).isSameAs(more);
    assertThat(more.withHost("n1", List.of(), Map.of("y", Value.of("b")))).isNotSameAs(more);
    assertThat(FLEET.withHost("n1", List.of("web"), Map.of("x", Value.of(1)))).isSameAs(FLEET);
    assertThat(FLEET.withMember("n2", "db", List.of())).isSameAs(FLEET);
    assertThat(FLEET.withGroup("db", List.of("all"))).isSameAs(FLEET);
    Inventory nested = FLEET.withGroup("db", List.of("p"));
    assertThat(nested.withGroup("db", List.of("p"))).isSameAs(nested);
    assertThat(nested.withMember("n2", "p", List.of())).as("already in it").isSameAs(nested);
  }

  @Test
  void valuesAreFinalAndWinOverTheInventoryButNotOverHostVars(@TempDir Path root)
      throws IOException {
    Path hosts = write(root.resolve("hosts"), "n1 a=file b=file\n");
    write(root.resolve("host_vars/n1"), "a: host_vars\n");
    Value list = new ListValue(List.of(new StrValue("{{ 2 }}"), StrValue.secret("s")));
    Inventory loaded = InventoryLoader.load(List.of(hosts.toString()), (Path) null);
    Inventory more =
        loaded.withHost(
            "n1", List.of(), Map.of("a", Value.of("added"), "b", Value.of("{{ 1 }}"), "c", list));
    assertThat(variable(more, "n1", "a")).isEqualTo(Value.of("host_vars"));
    assertThat(variable(more, "n1", "b")).isEqualTo(Value.of("{{ 1 }}"));
    assertThat(variable(more, "n1", "c")).hasToString("ListValue[items=['{{ 2 }}', '********']]");
    VarDefinition b = more.host("n1").orElseThrow().variable("b").orElseThrow();
    assertThat(b.value()).hasFieldOrPropertyWithValue("tag", "!unsafe");
    assertThat(b.origin().label()).isEqualTo("inventory vars of host n1");
    Inventory again = more.withHost("n1", List.of(), Map.of("b", Value.of(2)));
    assertThat(variable(again, "n1", "b")).isEqualTo(Value.of(2));
  }

  @Test
  void aGroupMadeOfAKeyMayHaveParents() {
    Inventory more =
        FLEET
            .withMember("n1", "os_debian", List.of("os", "db"))
            .withMember("n2", "os_debian", List.of("os"));
    assertThat(groups(more)).isEqualTo("web=n1,n2 db=n2,n1 os_debian=n1,n2 os=n1,n2");
    assertThat(more.host("n1").orElseThrow().groups())
        .containsExactly("all", "db", "os", "web", "os_debian");
    assertThat(more.group("os_debian").orElseThrow().depth()).isEqualTo(2);
    assertThatThrownBy(() -> FLEET.withMember("n9", "x", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hostsOfAGroupThatMovesSeeItsNewParents() {
    Inventory nested =
        ini("[outer:vars]\no=1\n[outer]\n[inner]\nn1\n[mid:children]\ninner\n")
            .withGroup("mid", List.of("outer"));
    assertThat(variable(nested, "n1", "o")).isEqualTo(Value.of(1));
    assertThat(nested.host("n1").orElseThrow().groups())
        .containsExactly("all", "outer", "mid", "inner");
  }

  @Test
  void aGroupThatWasInNoOtherStaysInAll() {
    Inventory more = FLEET.withMember("n1", "web", List.of("p"));
    assertThat(more.group("all").orElseThrow().children())
        .containsExactly("ungrouped", "web", "db", "p");
    assertThat(more.group("web").orElseThrow().depth()).isEqualTo(2);
    assertThat(names(more.hosts())).containsExactly("top", "n1", "n2");
  }

  @Test
  void aGroupCannotComeToLieInItself() {
    assertThat(errorsOf(() -> FLEET.withGroup("a", List.of("b")).withGroup("b", List.of("a"))))
        .isEqualTo("the group 'b' lies within itself: b -> a -> b");
    assertThat(errorsOf(() -> FLEET.withGroup("all", List.of("web"))))
        .isEqualTo("the group 'all' lies within itself: all -> web -> all");
  }

  @Test
  void theImplicitLocalhostMayBePutIntoGroups() {
    Inventory more = FLEET.withMember("localhost", "loc", List.of("web"));
    assertThat(names(more.hosts())).containsExactly("top", "n1", "n2");
    assertThat(names(more.hostsOf("web"))).containsExactly("n1", "n2", "localhost");
    assertThat(names(HostPattern.parse("loc").select(more))).containsExactly("localhost");
    Host local = more.hostOrLocal("localhost").orElseThrow();
    assertThat(local.groupNames()).containsExactly("loc", "web");
    assertThat(local.variable("ansible_connection")).isPresent();
    assertThat(local.variable("w")).isPresent();
    assertThat(more.host("localhost")).isEmpty();
    Inventory listed = more.withHost("localhost", List.of());
    assertThat(names(listed.hosts())).contains("localhost");
    assertThat(listed.host("localhost").orElseThrow().variable("ansible_connection")).isEmpty();
    assertThat(names(listed.hostsOf("loc"))).containsExactly("localhost");
  }

  @Test
  void aListedLocalAddressStandsForTheOthers() {
    Inventory listed = ini("127.0.0.1 x=1\n");
    assertThat(listed.hostOrLocal("localhost")).isEqualTo(listed.host("127.0.0.1"));
    assertThat(listed.host("localhost")).isEmpty();
  }

  @Test
  void filesReadAtTheStartServeHostsAddedLater(@TempDir Path root) throws IOException {
    Path hosts = write(root.resolve("hosts"), "[web]\nn1\n");
    Path vars = write(root.resolve("group_vars/web.yml"), "y: 1\n");
    write(root.resolve("group_vars/later.yml"), "l: 1\n");
    Inventory loaded = InventoryLoader.load(List.of(hosts.toString()), (Path) null);
    Files.writeString(vars, "y: 2\n");
    Inventory more = loaded.withHost("n2", List.of("web", "later"));
    assertThat(variable(more, "n2", "y")).isEqualTo(Value.of(1));
    assertThat(variable(more, "n2", "l")).isEqualTo(Value.of(1));
    Inventory anew = more.reload();
    assertThat(variable(anew, "n1", "y")).isEqualTo(Value.of(2));
    assertThat(variable(anew, "n2", "y")).isEqualTo(Value.of(2));
  }

  @Test
  void reloadingKeepsWhatWasAddedAndForgetsWhatIsGone(@TempDir Path root) throws IOException {
    Path hosts = write(root.resolve("hosts"), "[web]\nn1\nn2\n");
    Inventory loaded = InventoryLoader.load(List.of(hosts.toString()), (Path) null);
    Inventory more =
        loaded
            .withHost("added", List.of("web"), Map.of("x", Value.of(1)))
            .withMember("n1", "key", List.of("keys"))
            .withMember("n2", "key", List.of("keys"))
            .withMember("localhost", "key", List.of());
    Files.writeString(hosts, "[web]\nn2\nn3\n");
    Inventory anew = more.reload();
    assertThat(groups(anew)).isEqualTo("web=n2,n3,added key=n2,localhost keys=n2,localhost");
    assertThat(variable(anew, "added", "x")).isEqualTo(Value.of(1));
    assertThat(groups(anew.reload())).isEqualTo(groups(anew));
    assertThat(Inventory.empty().withHost("n1", List.of("a")).reload().hosts()).hasSize(1);
  }

  @Test
  void hundredsOfHostsAreAddedToAThousand() {
    Inventory inventory = ini("[web]\nn[1:1000]\n");
    Host first = inventory.host("n1").orElseThrow();
    for (int i = 0; i < 500; i++) {
      inventory = inventory.withHost("a" + i, List.of("web"), Map.of("i", Value.of(i)));
    }
    assertThat(inventory.group("web").orElseThrow().hosts()).hasSize(1500);
    assertThat(inventory.host("n1").orElseThrow()).as("not made anew").isSameAs(first);
  }

  @Test
  void namesThatNoVariableCouldHaveAreWarnedOfOnce() {
    Inventory more = FLEET.withMember("n1", "Debian-12", List.of());
    assertThat(more.warnings()).hasSize(1);
    assertThat(more.withMember("n1", "x", List.of()).warnings()).hasSize(1);
    assertThat(more.withMember("n2", "Debian-12", List.of()).warnings()).hasSize(1);
  }
}
