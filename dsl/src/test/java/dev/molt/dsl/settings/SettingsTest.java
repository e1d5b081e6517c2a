package dev.molt.dsl.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @TempDir Path folder;
  private Path here;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void home() throws IOException {
    here = Files.createDirectory(folder.resolve("here"));
    environment.put("HOME", Files.createDirectory(folder.resolve("home")).toString());
  }

  private Settings load() {
    return Settings.load(environment, here);
  }

  private void config(String text) throws IOException {
    Files.writeString(here.resolve("ansible.cfg"), text);
  }

  private String problems() {
    try {
      load();
    } catch (DiagnosticException e) {
      return e.diagnostics().stream()
          .map(DiagnosticFormatter::format)
          .collect(Collectors.joining());
    }
    return "";
  }

  @Test
  void everySettingHasADefaultThatItsTypeCanRead() {
    Settings settings = load();
    for (Setting<?> setting : Catalog.all()) {
      assertThat(settings.get(setting)).as(setting.name()).isNotNull();
      assertThat(settings.origin(setting)).isEmpty();
      assertThat(setting.summary()).as(setting.name()).isNotBlank().doesNotEndWith(".");
    }
  }

  @Test
  void noVariableAndNoKeyMeansTwoThings() {
    Set<String> seen = new HashSet<>();
    for (Setting<?> setting : Catalog.all()) {
      setting.variables().forEach(v -> assertThat(seen.add(v)).as(v).isTrue());
      setting.keys().forEach(k -> assertThat(seen.add(k)).as(k).isTrue());
    }
  }

  @Test
  void theEnvironmentIsStrongerThanTheFile() throws IOException {
    config(
        """
        # what a comment is
        [defaults]
        forks = 7
        remote_user: admin ; of the machine
        roles_path = roles:~/more:/abs
        INVENTORY = hosts
        gathering='explicit'

        [privilege_escalation]
        become=yes
        [ssh_connection]
        ssh_args = -C
           -o ControlMaster=auto
        [diff]
        always = True
        """);
    environment.put("ANSIBLE_FORKS", "3");
    environment.put("ANSIBLE_PRIVATE_KEY_FILE", "$HOME/key");
    Settings settings = load();
    assertThat(settings.get(RunSettings.FORKS)).isEqualTo(3);
    assertThat(settings.origin(RunSettings.FORKS)).contains("ANSIBLE_FORKS");
    assertThat(settings.get(AccessSettings.REMOTE_USER)).contains("admin");
    assertThat(settings.origin(AccessSettings.REMOTE_USER).orElseThrow()).contains("ansible.cfg:4");
    assertThat(settings.get(LanguageSettings.ROLES_PATH))
        .containsExactly(here.resolve("roles"), folder.resolve("home/more"), Path.of("/abs"));
    assertThat(settings.get(InventorySettings.INVENTORY))
        .containsExactly(here.resolve("hosts").toString());
    assertThat(settings.get(RunSettings.GATHERING)).isEqualTo("explicit");
    assertThat(settings.get(AccessSettings.BECOME)).isTrue();
    assertThat(settings.get(AccessSettings.SSH_ARGS)).contains("-C\n-o ControlMaster=auto");
    assertThat(settings.get(AccessSettings.PRIVATE_KEY_FILE)).contains(folder.resolve("home/key"));
    assertThat(settings.get(OutputSettings.DIFF_ALWAYS)).isTrue();
  }

  @Test
  void ofSeveralNamesTheLastWins() throws IOException {
    config("[defaults]\ntimeout=1\n[ssh_connection]\ntimeout=2\n");
    assertThat(load().get(AccessSettings.TIMEOUT)).isEqualTo(2);
    environment.put("ANSIBLE_SSH_TIMEOUT", "4");
    environment.put("ANSIBLE_TIMEOUT", "3");
    assertThat(load().get(AccessSettings.TIMEOUT)).isEqualTo(4);
  }

  @Test
  void filesAreFoundInAnsiblesOrder() throws IOException {
    assertThat(load().file().filter(f -> f.startsWith(folder))).isEmpty();
    Path atHome = Files.writeString(folder.resolve("home/.ansible.cfg"), "[defaults]\nforks=1\n");
    assertThat(load().file()).contains(atHome);
    config("[defaults]\nforks=2\n");
    assertThat(load().get(RunSettings.FORKS)).isEqualTo(2);
    Path named = Files.writeString(folder.resolve("other.cfg"), "[defaults]\nforks=3\n");
    environment.put("ANSIBLE_CONFIG", named.toString());
    assertThat(load().get(RunSettings.FORKS)).isEqualTo(3);
    environment.put("ANSIBLE_CONFIG", "nowhere.cfg");
    assertThat(load().get(RunSettings.FORKS)).isEqualTo(2);
    environment.put("ANSIBLE_CONFIG", folder.toString());
    Files.writeString(folder.resolve("ansible.cfg"), "[defaults]\nforks=4\n");
    assertThat(load().get(RunSettings.FORKS)).isEqualTo(4);
  }

  @Test
  void aFileThatEverybodyCouldHavePutThereIsNotRead() throws IOException {
    config("[defaults]\nforks=2\n");
    Files.setPosixFilePermissions(here, PosixFilePermissions.fromString("rwxrwxrwx"));
    Settings settings = load();
    assertThat(settings.get(RunSettings.FORKS)).isEqualTo(32);
    assertThat(settings.warnings()).hasSize(1);
    assertThat(settings.warnings().get(0).message()).contains("everybody may write");
    environment.put("ANSIBLE_CONFIG", here.resolve("ansible.cfg").toString());
    assertThat(load().get(RunSettings.FORKS)).isEqualTo(2);
    assertThat(load().warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "yes ~ true",
        "1 ~ true",
        "True ~ true",
        "ON ~ true",
        "t ~ true",
        "no ~ false",
        "0 ~ false",
        "off ~ false",
        "'' ~ false",
        "None ~ false",
      })
  void whatIsTrue(String text, boolean value) {
    environment.put("ANSIBLE_FORCE_HANDLERS", text);
    assertThat(load().get(RunSettings.FORCE_HANDLERS)).isEqualTo(value);
  }

  @Test
  void allWrongValuesAreSaidWithTheirPlace() throws IOException {
    config("[defaults]\nforks = many\ngathering = implict\n[diff]\nalways=maybe\n");
    environment.put("ANSIBLE_TIMEOUT", "soon");
    assertThat(problems())
        .contains("forks takes a number from 1 on, found 'many'")
        .contains("ansible.cfg:2:9")
        .contains(
            "gathering takes one of implicit, explicit, smart, lazy (did you mean 'implicit'?), found"
                + " 'implict'")
        .contains("ansible.cfg:3:13")
        .contains("diff_always takes true or false, found 'maybe'")
        .contains("the variable ANSIBLE_TIMEOUT takes a number from 1 on, found 'soon'")
        .contains("unset ANSIBLE_TIMEOUT for the default, 10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "forks=1 ~ this stands in no section ~ :1:1",
        "[defaults]|forks ~ this is neither a [section] nor 'key = value' ~ :2:1",
        "[defaults]|forks=1|a=2|forks=2 ~ 'forks' is set twice in [defaults] ~ :4:1",
      })
  void brokenFiles(String text, String message, String place) throws IOException {
    config(text.replace('|', '\n') + "\n");
    assertThat(problems()).contains(message).contains("ansible.cfg" + place);
  }

  @Test
  void onlyTypingMistakesAreMentioned() throws IOException {
    config("[defaults]\nfork = 2\nnocows = 1\n[galaxy]\nwhatever = 1\n[tags]\nrun = a\n");
    assertThat(load().unknownKeys()).hasSize(1);
    assertThat(DiagnosticFormatter.format(load().unknownKeys().get(0)))
        .contains("there is no setting 'fork' in [defaults]")
        .contains("ansible.cfg:2:8")
        .contains("did you mean 'forks'?");
  }

  @Test
  void hostKeysAreCheckedWhateverIsSaid() {
    environment.put("ANSIBLE_HOST_KEY_CHECKING", "False");
    assertThat(load().warnings()).hasSize(1);
    assertThat(load().warnings().get(0).message())
        .isEqualTo("host keys are checked all the same (ANSIBLE_HOST_KEY_CHECKING says not to)");
    environment.put("ANSIBLE_HOST_KEY_CHECKING", "True");
    assertThat(load().warnings()).isEmpty();
  }

  @Test
  void rolesStandInAnsiblesHome() {
    assertThat(load().get(LanguageSettings.ROLES_PATH))
        .startsWith(folder.resolve("home/.ansible/roles"))
        .endsWith(Path.of("/etc/ansible/roles"));
    environment.put("ANSIBLE_HOME", "/opt/a");
    assertThat(load().get(LanguageSettings.ROLES_PATH)).startsWith(Path.of("/opt/a/roles"));
  }

  @Test
  void inventoriesArePathsOrNames() throws IOException {
    environment.put("ANSIBLE_INVENTORY", "n1,n2");
    assertThat(load().get(InventorySettings.INVENTORY)).containsExactly("n1,n2");
    Files.writeString(here.resolve("n1"), "");
    assertThat(load().get(InventorySettings.INVENTORY))
        .containsExactly(here.resolve("n1").toString(), here.resolve("n2").toString());
    assertThat(Settings.load(Map.of(), here).get(InventorySettings.INVENTORY))
        .isEqualTo(List.of("/etc/ansible/hosts"));
  }

  @Test
  void aCommandChangesWhatWasSaidOrOnlyTheDefault() {
    environment.put("ANSIBLE_FORKS", "3");
    Settings settings = load();
    assertThat(settings.orElse(RunSettings.FORKS, 9).get(RunSettings.FORKS)).isEqualTo(3);
    Settings changed = settings.with(RunSettings.FORKS, 9, "--forks");
    assertThat(changed.get(RunSettings.FORKS)).isEqualTo(9);
    assertThat(changed.origin(RunSettings.FORKS)).contains("--forks");
    Settings skipping = settings.orElse(RunSettings.NO_HOSTS, "skip");
    assertThat(skipping.get(RunSettings.NO_HOSTS)).isEqualTo("skip");
    assertThat(skipping.origin(RunSettings.NO_HOSTS)).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> settings.get(null)).isInstanceOf(NullPointerException.class);
  }
}
