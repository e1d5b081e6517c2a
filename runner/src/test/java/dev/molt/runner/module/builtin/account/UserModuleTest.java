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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf("dev.molt.runner.module.builtin.account.Accounts#root")
class UserModuleTest {
  @TempDir Path temp;
  private final Accounts accounts = new Accounts();
  private final String name = accounts.name("u");
  private final UserModule user = new UserModule();
  private final ModuleKit kit = ModuleKit.local().watching(Path.of("/etc/passwd"));

  @AfterEach
  void close() {
    accounts.close();
    kit.close();
  }

  private UserOptions options(Object... given) {
    Object[] all = new Object[given.length + 2];
    all[0] = "name";
    all[1] = name;
    System.arraycopy(given, 0, all, 2, given.length);
    return OptionsKit.of(user, all);
  }

  private String passwd(int field) {
    return Accounts.run("getent passwd " + name).split(":", -1)[field];
  }

  @Test
  void makesAUserWithAHomeAndRemovesBoth() throws Exception {
    MapValue made = kit.changes(user, options("comment", "A, person's")).applied().result();
    Path home = Path.of("/home", name);
    assertThat(home).isDirectory();
    assertThat(Accounts.run("stat -c %U:%G " + home)).isEqualTo(name + ":" + name);
    assertThat(made.get("home")).isEqualTo(Value.of(home.toString()));
    assertThat(made.get("uid")).isEqualTo(Value.of(Long.parseLong(passwd(2))));
    assertThat(made.get("comment")).isEqualTo(Value.of("A, person's"));
    assertThat(made.get("create_home")).isEqualTo(BoolValue.TRUE);
    assertThat(made.get("append")).isNull();
    MapValue again = kit.apply(user, options()).result();
    assertThat(again.get("append")).isEqualTo(BoolValue.FALSE);
    assertThat(again.get("create_home")).isNull();
    MapValue gone =
        kit.changes(user, options("state", "absent", "remove", true)).applied().result();
    assertThat(gone.get("remove")).isEqualTo(BoolValue.TRUE);
    assertThat(home).doesNotExist();
  }

  @Test
  void changesWhatDiffers() throws Exception {
    kit.apply(user, options("create_home", false));
    Outcome changed =
        kit.changes(
                user,
                options(
                    "uid", 71_400, "comment", "other", "shell", "/bin/bash", "create_home", false))
            .applied();
    assertThat(changed.diffs())
        .extracting(diff -> diff.field())
        .containsExactly("uid", "comment", "shell");
    assertThat(passwd(2) + passwd(4) + passwd(6)).isEqualTo("71400other/bin/bash");
  }

  @Test
  void putsAUserInGroups() throws Exception {
    String own = accounts.name("own");
    String one = accounts.name("one");
    String two = accounts.name("two");
    Accounts.run("groupadd " + own + "; groupadd " + one + "; groupadd -g 71401 " + two);
    kit.changes(user, options("group", own, "groups", List.of(one), "create_home", false));
    assertThat(Accounts.run("id -nG " + name)).isEqualTo(own + " " + one);
    // By number, as well.
    MapValue result =
        kit.changes(user, options("groups", "71401", "append", true, "create_home", false))
            .applied()
            .result();
    assertThat(result.get("groups")).isEqualTo(Value.of("71401"));
    assertThat(Accounts.run("id -nG " + name).split(" ")).contains(one, two);
    kit.changes(user, options("groups", List.of(two), "create_home", false));
    assertThat(Accounts.run("id -nG " + name)).isEqualTo(own + " " + two);
    kit.changes(user, options("groups", List.of(), "group", one, "create_home", false));
    assertThat(Accounts.run("id -nG " + name)).isEqualTo(one);
    assertThatThrownBy(() -> kit.check(user, options("groups", List.of("moltnone"))))
        .isInstanceOf(ModuleException.class)
        .hasMessage("Group moltnone does not exist");
  }

  @Test
  void believesInGroupsThatACheckForesaw() throws Exception {
    String group = accounts.name("g");
    kit.check(new GroupModule(), OptionsKit.of(new GroupModule(), "name", group));
    UserOptions options = options("group", group, "groups", List.of(group));
    assertThat(kit.check(user, options).status()).isEqualTo(Status.CHANGED);
    assertThatThrownBy(() -> kit.forget().check(user, options))
        .hasMessage("Group " + group + " does not exist");
  }

  @Test
  void takesTheGroupOfItsNameWhereThereIsOne() throws Exception {
    Accounts.run("groupadd " + name);
    kit.changes(user, options("create_home", false));
  }

  @Test
  void makesAHomeBelowDirectoriesThatAreMissing() throws Exception {
    Path home = temp.resolve("in/deep");
    kit.changes(user, options("home", home));
    assertThat(Accounts.run("stat -c %U " + home)).isEqualTo(name);
    assertThat(Accounts.run("stat -c %U " + home.getParent())).isEqualTo("root");
  }

  @Test
  void makesAMissingHomeOfAnExistingUser() throws Exception {
    Path skeleton = Files.createDirectory(temp.resolve("skel"));
    Path flag = Files.writeString(temp.resolve("flag"), "");
    Files.writeString(skeleton.resolve(".rc"), "x");
    Files.createSymbolicLink(skeleton.resolve("link"), flag);
    kit.apply(user, options("create_home", false));
    Path home = temp.resolve("home it's");
    kit.changes(user, options("home", home, "skeleton", skeleton));
    assertThat(home.resolve(".rc")).hasContent("x");
    assertThat(Files.getOwner(home.resolve(".rc")).getName()).isEqualTo(name);
    assertThat(Files.getOwner(flag).getName()).isEqualTo("root");
    assertThat(Files.getAttribute(home, "unix:mode")).isEqualTo(040755);
    Path moved = temp.resolve("moved");
    kit.changes(user, options("home", moved, "move_home", true));
    assertThat(home).doesNotExist();
    assertThat(moved.resolve(".rc")).exists();
  }

  @Test
  void readsPathsAsTheHostDoes() throws Exception {
    kit.changes(user, options("shell", "~/custom shell", "home", "$HOME/x", "create_home", false));
    assertThat(passwd(6)).isEqualTo("/root/custom shell");
    assertThat(passwd(5)).isEqualTo("/root/x");
  }

  @Test
  void setsWhenThingsExpire() throws Exception {
    kit.changes(
        user,
        options(
            "create_home",
            false,
            "expires",
            2_529_881_062.5,
            "password_expire_min",
            1,
            "password_expire_max",
            90,
            "password_expire_warn",
            14,
            "password_expire_account_disable",
            15));
    assertThat(Accounts.run("getent shadow " + name)).endsWith(":1:90:14:15:29281:");
    kit.changes(
        user,
        options(
            "create_home",
            false,
            "expires",
            -1,
            "password_expire_max",
            -1,
            "password_expire_account_disable",
            -1));
    assertThat(Accounts.run("getent shadow " + name)).endsWith(":1::14:::");
  }

  @Test
  void writesAShadowEntryWhereThereIsNone() throws Exception {
    kit.apply(user, options("create_home", false));
    Accounts.run("sed -i '/^" + name + ":/d' /etc/shadow");
    kit.changes(user, options("create_home", false, "expires", -1));
    assertThat(Accounts.shadow(name, 0)).isEqualTo(name);
  }

  @Test
  void makesAnSshKey() throws Exception {
    UserOptions options = options("generate_ssh_key", true, "ssh_key_type", "ed25519");
    MapValue made = kit.changes(user, options).applied().result();
    Path file = Path.of("/home", name, ".ssh/id_ed25519");
    assertThat(made.get("ssh_key_file")).isEqualTo(Value.of(file.toString()));
    assertThat(made.get("ssh_public_key"))
        .isEqualTo(Value.of(Files.readString(Path.of(file + ".pub")).strip()));
    assertThat(made.get("ssh_fingerprint").toString()).contains("SHA256:");
    assertThat(Accounts.run("stat -c '%U %a' " + file)).isEqualTo(name + " 600");
    assertThat(Accounts.run("stat -c '%U %a' " + file.getParent())).isEqualTo(name + " 700");
    Outcome anew =
        kit.apply(
            user, options("generate_ssh_key", true, "ssh_key_type", "ed25519", "force", true));
    assertThat(anew.status()).isEqualTo(Status.CHANGED);
    assertThat(anew.result().get("ssh_public_key")).isNotEqualTo(made.get("ssh_public_key"));
  }

  @Test
  void protectsAKeyWithAPassphrase() throws Exception {
    String phrase = "it's \"secret\" $x \\n";
    MapValue made =
        kit.changes(
                user,
                options(
                    "generate_ssh_key",
                    true,
                    "ssh_key_type",
                    "ed25519",
                    "ssh_key_file",
                    "key",
                    "ssh_key_passphrase",
                    phrase,
                    "password",
                    "*"))
            .applied()
            .result();
    assertThat(made.get("ssh_key_file")).isEqualTo(Value.of("/home/" + name + "/key"));
    String quoted = "'" + phrase.replace("'", "'\\''") + "'";
    assertThat(Accounts.run("ssh-keygen -y -P " + quoted + " -f /home/" + name + "/key"))
        .startsWith("ssh-ed25519 ");
    assertThat(Accounts.run("ssh-keygen -y -P '' -f /home/" + name + "/key")).isEmpty();
    assertThat(Accounts.run("ls -A /home/" + name)).doesNotContain("askpass");
    assertThat(Accounts.shadow(name, 1)).isEqualTo("*");
  }

  @Test
  void leavesKeysAlone() throws Exception {
    kit.apply(user, options());
    Accounts.run("ln -s /etc/hostname /home/" + name + "/key.pub");
    MapValue result =
        kit.unchanged(user, options("generate_ssh_key", true, "ssh_key_file", "key"))
            .applied()
            .result();
    assertThat(result.get("warnings").toString()).contains("key.pub");
  }
}
