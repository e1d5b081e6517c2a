package dev.molt.runner.module.builtin.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.molt.runner.module.builtin.account.Accounts#root")
class GroupModuleTest {
  private final Accounts accounts = new Accounts();
  private final String name = accounts.name("g");
  private final GroupModule group = new GroupModule();
  private final ModuleKit kit = ModuleKit.local();

  @AfterEach
  void close() {
    accounts.close();
    kit.close();
  }

  private GroupModule.Options options(Object... given) {
    Object[] all = new Object[given.length + 2];
    all[0] = "name";
    all[1] = name;
    System.arraycopy(given, 0, all, 2, given.length);
    return OptionsKit.of(group, all);
  }

  private static String entry(String name) {
    return Accounts.run("getent group " + name);
  }

  @Test
  void makesAGroupAndRemovesIt() throws Exception {
    MapValue made = kit.changes(group, options()).applied().result();
    String gid = entry(name).split(":")[2];
    assertThat(made.get("gid")).isEqualTo(Value.of(Long.parseLong(gid)));
    assertThat(made.get("name")).isEqualTo(Value.of(name));
    assertThat(made.get("state")).isEqualTo(Value.of("present"));
    assertThat(made.get("system")).isEqualTo(BoolValue.FALSE);
    MapValue gone = kit.changes(group, options("state", "absent")).applied().result();
    assertThat(entry(name)).isEmpty();
    assertThat(gone.get("state")).isEqualTo(Value.of("absent"));
    assertThat(gone.get("gid")).isNull();
  }

  @Test
  void givesTheNumber() throws Exception {
    kit.changes(group, options("gid", 71_234));
    assertThat(entry(name)).contains(":71234:");
    kit.changes(group, options("gid", 71_235));
    assertThat(entry(name)).contains(":71235:");
    GroupModule.Options other = OptionsKit.of(group, "name", accounts.name("h"), "gid", 71_235);
    assertThatThrownBy(() -> kit.apply(group, other))
        .isInstanceOf(ModuleException.class)
        .hasMessageContaining("71235");
    kit.changes(
        group, OptionsKit.of(group, "name", accounts.name("h"), "gid", 71_235, "non_unique", true));
  }

  @Test
  void takesANumberOfTheSystemsOrOfARange() throws Exception {
    kit.changes(group, options("system", true));
    assertThat(Integer.parseInt(entry(name).split(":")[2])).isLessThan(1000);
    kit.changes(group, options("state", "absent"));
    kit.changes(group, options("gid_min", 71_300, "gid_max", 71_310));
    assertThat(Integer.parseInt(entry(name).split(":")[2])).isBetween(71_300, 71_310);
  }

  @Test
  void removesAUsersOwnGroupOnlyByForce() throws Exception {
    kit.apply(group, options());
    String user = accounts.name("u");
    Accounts.run("useradd -M -g " + name + " " + user);
    assertThatThrownBy(() -> kit.apply(group, options("state", "absent")))
        .hasMessageContaining(user);
    kit.changes(group, options("state", "absent", "force", true));
  }

  @Test
  void isForeseenByLaterTasksOfACheck() throws Exception {
    kit.check(group, options());
    assertThat(kit.check(group, options()).status()).isEqualTo(Status.OK);
    Outcome gone = kit.check(group, options("state", "absent"));
    assertThat(gone.status()).isEqualTo(Status.CHANGED);
    kit.forget().watching(Path.of("/etc/group"));
    assertThat(kit.check(group, options("state", "absent")).status()).isEqualTo(Status.OK);
  }

  @Test
  void refusesOptionsThatDoNotGoTogether() {
    assertThatThrownBy(() -> kit.check(group, options("non_unique", true)))
        .hasMessageContaining("gid");
    assertThatThrownBy(() -> kit.check(group, options("local", true, "gid_min", 5)))
        .hasMessageContaining("'gid_min' can not be used with 'local'");
  }

  @Test
  void looksOnlyAtTheHostsFilesWhereTold() throws Exception {
    kit.apply(group, options());
    kit.unchanged(group, options("local", true));
    assertThatThrownBy(
            () ->
                kit.check(
                    group,
                    OptionsKit.of(group, "name", accounts.name("x"), "local", true, "gid", 0)))
        .hasMessageContaining("GID '0' already exists with group 'root'");
  }
}
