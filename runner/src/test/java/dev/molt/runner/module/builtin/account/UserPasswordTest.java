package dev.molt.runner.module.builtin.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.remote.ShellQuote;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledIf("dev.molt.runner.module.builtin.account.Accounts#root")
class UserPasswordTest {
  private static final String HASH =
      "$6$saltsalt$"
          + "33LF6FcUMSW11qrESXL1HX0BS.bsiT6aenFLLiVpsQh6hDtI9pJh5iY7x8J7ePkN4fP8hmElidHXaeD51pbGS.";

  private final Accounts accounts = new Accounts();
  private final String name = accounts.name("p");
  private final UserModule user = new UserModule();
  private final ModuleKit kit = ModuleKit.local();

  @AfterEach
  void close() {
    accounts.close();
    kit.close();
  }

  private UserOptions options(Object... given) {
    Object[] all = new Object[given.length + 4];
    all[0] = "name";
    all[1] = name;
    all[2] = "create_home";
    all[3] = false;
    System.arraycopy(given, 0, all, 4, given.length);
    return OptionsKit.of(user, all);
  }

  private String hash() {
    return Accounts.shadow(name, 1);
  }

  @Test
  void isSetAndNeverShown() throws Exception {
    Outcome made = kit.changes(user, options("password", HASH)).applied();
    assertThat(hash()).isEqualTo(HASH);
    assertThat(made.result().get("password")).isEqualTo(Value.of("NOT_LOGGING_PASSWORD"));
    assertThat(made.result().get("warnings")).isNull();
    assertThat(made.diffs())
        .filteredOn(diff -> diff.field().equals("password"))
        .singleElement()
        .matches(FieldDiff::sensitive);
    assertThat(kit.apply(user, options("password", HASH)).result().toString())
        .doesNotContain("saltsalt");
  }

  @Test
  void isNoArgument() {
    UserOptions options =
        options("password", HASH, "ssh_key_passphrase", "phrase", "generate_ssh_key", true);
    UserState state = UserState.of(new Databases(Map.of(), ""), name);
    UserCommands commands =
        new UserCommands(
            options, state, new UserDiff(options, state).of(Optional.empty(), List.of()));
    assertThat(commands.of(List.of()).toString())
        .contains("chpasswd -e", "ssh-keygen")
        .doesNotContain(HASH, ShellQuote.quote(HASH), "phrase");
    assertThat(commands.input()).hasValue(name + ":" + HASH + "\nphrase\n");
  }

  @Test
  void isLeftAloneOnceTheUserIsThere() throws Exception {
    kit.changes(user, options("password", HASH, "update_password", "on_create"));
    kit.unchanged(user, options("password", "*", "update_password", "on_create"));
    assertThat(hash()).isEqualTo(HASH);
    kit.changes(user, options("password", "*"));
  }

  @Test
  void isLockedAndOpened() throws Exception {
    kit.changes(user, options("password", HASH, "password_lock", true));
    assertThat(hash()).isEqualTo("!" + HASH);
    kit.unchanged(user, options("password", HASH));
    kit.changes(user, options("password", HASH, "password_lock", false));
    assertThat(hash()).isEqualTo(HASH);
    kit.changes(user, options("password_lock", true));
    kit.changes(user, options("password_lock", false));
    kit.changes(user, options("password", "*", "password_lock", true));
    assertThat(hash()).isEqualTo("!*");
  }

  @Test
  void canNotBeOpenedWhereThereIsNone() throws Exception {
    kit.changes(user, options("password_lock", false));
    assertThat(hash()).isEqualTo("!");
    kit.unchanged(user, options("password_lock", true));
  }

  @Test
  void warnsOfWhatIsNoHash() throws Exception {
    MapValue result = kit.check(user, options("password", "plain")).result();
    assertThat(result.get("warnings").toString()).contains("not to have been hashed");
  }

  @ParameterizedTest
  @CsvSource({
    "!, true",
    "*, true",
    "*************, true",
    "plain, false",
    "$1$ab, false",
    "$1$ab$tooshort, false",
    "$y$jCT$ZiF3ZV39$Ih6bI4OXU52OnWWqt3T1BAmVn8eH.4qlcP.8/NOjGN5, true",
    "$y$jCT$ZiF3ZV39$Ih6bI4OXU52OnWWqt3T1BAmVn8eH.4qlcP.8/NOj+++, false",
    "$2b$05$anythingOfLength, true",
    "$9$a:b$c, false",
  })
  void tellsHashesFromTheRest(String text, boolean hash) {
    assertThat(PasswordHash.plausible(text)).isEqualTo(hash);
  }
}
