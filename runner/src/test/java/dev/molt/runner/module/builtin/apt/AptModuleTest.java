package dev.molt.runner.module.builtin.apt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.builtin.Sandbox;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("aptAndSandbox")
class AptModuleTest {
  /** Packages foo (1.0, 2.0), foo-extra that needs it, bar that recommends foo. */
  private static final String REPOSITORY =
      """
      rm -rf /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/preferences.d /var/lib/apt/lists
      rm -rf /var/lib/apt/periodic
      # With nothing installed dpkg and apt have little to read.
      rm -f /var/lib/dpkg/info/* /var/lib/dpkg/triggers/* /var/lib/apt/extended_states
      : >/var/lib/dpkg/status; echo 1 >/var/lib/dpkg/info/format
      mkdir -p /var/lib/apt/lists/partial /etc/apt/sources.list.d /repo
      echo 'APT::Sandbox::User "root";' >/etc/apt/apt.conf.d/99test
      echo 'deb [trusted=yes] file:/repo ./' >/etc/apt/sources.list
      build() { # NAME VERSION FIELDS
        d=/tmp/build/$1; rm -rf /tmp/build; mkdir -p $d/DEBIAN $d/etc
        printf 'Package: %s\\nVersion: %s\\nArchitecture: all\\nMaintainer: me <m@example.com>\\n' \\
          $1 $2 >$d/DEBIAN/control
        printf '%bDescription: test\\n' "$3" >>$d/DEBIAN/control
        echo /etc/$1.conf >$d/DEBIAN/conffiles; echo $2 >$d/etc/$1.conf
        dpkg-deb -b $d /repo/$1_$2_all.deb
      }
      build molt-foo 1.0 ''
      build molt-foo 2.0 ''
      build molt-foo-extra 1.0 'Depends: molt-foo\\nProvides: molt-virtual\\n'
      build molt-bar 1.0 'Recommends: molt-foo\\n'
      index() {
        cd /repo && for f in *.deb; do
          dpkg-deb -f $f
          echo "Filename: ./$f"; echo "Size: $(stat -c %s $f)"
          echo "SHA256: $(sha256sum $f | cut -d' ' -f1)"; echo
        done >Packages
      }
      index && apt-get update -q
      """;

  private final AptModule apt = new AptModule();
  private static Sandbox sandbox;
  private ModuleKit kit;

  static boolean aptAndSandbox() throws Exception {
    return Sandbox.possible()
        && new ProcessBuilder("sh", "-c", "command -v apt-get").start().waitFor() == 0;
  }

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start();
    sandbox.run(REPOSITORY);
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void open() {
    kit = sandbox.kit();
  }

  @AfterEach
  void close() throws Exception {
    kit.close();
    sandbox.run("dpkg --purge molt-foo-extra molt-bar molt-foo");
  }

  private AptOptions options(Object... given) {
    return OptionsKit.of(apt, given);
  }

  private String version(String name) throws Exception {
    return sandbox.run("dpkg-query -W -f '${db:Status-Abbrev}${Version}' " + name);
  }

  @Test
  void installsWithWhatIsNeededAndRemoves() throws Exception {
    Outcome applied =
        kit.converges(apt, options("name", List.of("molt-foo-extra", "molt-bar"))).applied();
    assertThat(applied.status()).isEqualTo(Status.CHANGED);
    assertThat(applied.diffs())
        .extracting(diff -> diff.subject() + " " + diff.before() + "->" + diff.after())
        .containsExactlyInAnyOrder("molt-foo ->2.0", "molt-foo-extra ->1.0", "molt-bar ->1.0");
    assertThat(version("molt-foo")).isEqualTo("ii 2.0");
    assertThat(applied.result().get("stdout").toString()).contains("Setting up molt-foo");
    assertThat(applied.result().get("cache_updated")).isEqualTo(BoolValue.FALSE);
    assertThat(kit.roundTrips()).as("round trips when all is well").isEqualTo(1);
    kit.converges(apt, options("name", "molt-foo", "state", "absent"));
    assertThat(version("molt-foo-extra")).startsWith("rc");
    kit.converges(apt, options("name", "molt-*", "state", "absent", "purge", true));
    assertThat(sandbox.run("ls /etc/molt-*")).isEmpty();
  }

  @Test
  void takesTheVersionThatIsAskedFor() throws Exception {
    kit.converges(apt, options("name", "molt-foo=1.*"));
    assertThat(version("molt-foo")).isEqualTo("ii 1.0");
    assertThat(kit.converges(apt, options("name", "molt-foo")).applied().status())
        .isEqualTo(Status.OK);
    kit.converges(apt, options("name", "molt-foo>=1.5"));
    assertThat(version("molt-foo")).isEqualTo("ii 2.0");
    assertThatThrownBy(() -> kit.check(apt, options("name", "molt-foo=1.0")))
        .hasMessageContaining("downgraded");
    kit.converges(apt, options("name", "molt-foo=1.0", "allow_downgrade", true));
    kit.converges(apt, options("name", "molt-foo", "state", "latest"));
    assertThat(version("molt-foo")).isEqualTo("ii 2.0");
    assertThatThrownBy(() -> kit.check(apt, options("name", "molt-foo=3*")))
        .hasMessage("no available installation candidate for molt-foo=3*");
    assertThat(kit.check(apt, options("name", "molt-foo=1*", "state", "absent")).status())
        .isEqualTo(Status.OK);
  }

  @Test
  void knowsWhatOthersProvide() throws Exception {
    kit.converges(apt, options("name", "molt-virtual"));
    assertThat(version("molt-foo-extra")).isEqualTo("ii 1.0");
    assertThatThrownBy(() -> kit.check(apt, options("name", "molt-none")))
        .isInstanceOf(ModuleException.class)
        .hasMessage("No package matching 'molt-none' is available");
    assertThat(kit.check(apt, options("name", "molt-none", "state", "absent")).status())
        .isEqualTo(Status.OK);
  }

  @Test
  void installsWhatIsRecommendedAsAsked() throws Exception {
    kit.converges(apt, options("name", "molt-bar", "install_recommends", false));
    assertThat(version("molt-foo")).doesNotStartWith("ii");
    kit.apply(apt, options("name", "molt-bar", "state", "absent"));
    kit.converges(apt, options("name", "molt-bar", "install_recommends", true));
    assertThat(version("molt-foo")).isEqualTo("ii 2.0");
  }

  @Test
  void removesWhatNothingNeeds() throws Exception {
    kit.apply(apt, options("name", "molt-foo-extra"));
    kit.apply(apt, options("name", "molt-foo-extra", "state", "absent"));
    sandbox.run("apt-mark auto molt-foo");
    Outcome applied = kit.converges(apt, options("autoremove", true)).applied();
    assertThat(applied.diffs())
        .anySatisfy(diff -> assertThat(diff.subject()).isEqualTo("molt-foo"));
    assertThat(version("molt-foo")).startsWith("rc");
  }

  @Test
  void marksWhatIsWantedForItself() throws Exception {
    kit.apply(apt, options("name", "molt-foo-extra"));
    assertThat(sandbox.run("apt-mark showauto molt-foo")).isEqualTo("molt-foo");
    Outcome applied = kit.converges(apt, options("name", "molt-foo")).applied();
    assertThat(applied.diffs()).singleElement().matches(diff -> diff.after().equals("for itself"));
    assertThat(sandbox.run("apt-mark showauto molt-foo")).isEmpty();
  }

  @Test
  void upgradesAll() throws Exception {
    kit.apply(apt, options("name", "molt-foo=1.0"));
    kit.converges(apt, options("upgrade", "dist"));
    assertThat(version("molt-foo")).isEqualTo("ii 2.0");
    kit.apply(apt, options("name", "molt-foo=1.0", "allow_downgrade", true));
    kit.converges(apt, options("name", "*", "state", "latest"));
    assertThat(version("molt-foo")).isEqualTo("ii 2.0");
  }

  @Test
  void upgradesOnlyWhatIsThere() throws Exception {
    kit.apply(apt, options("name", "molt-foo=1.0"));
    kit.converges(
        apt,
        options("name", List.of("molt-foo", "molt-bar"), "state", "latest", "only_upgrade", true));
    assertThat(version("molt-foo")).isEqualTo("ii 2.0");
    assertThat(version("molt-bar")).doesNotStartWith("ii");
  }

  @Test
  void bringsTheListsUpToDateWhenDue() throws Exception {
    assertThat(kit.converges(apt, options("cache_valid_time", 3600)).applied().status())
        .isEqualTo(Status.OK);
    sandbox.run("sed -i 's/^Version: 2.0/Version: 3.0/' /repo/Packages");
    sandbox.run("touch -d '2 hours ago' /var/lib/apt/lists");
    AptOptions options = options("cache_valid_time", 3600);
    Outcome check = kit.check(apt, options);
    assertThat(check.status()).isEqualTo(Status.UNKNOWN);
    assertThat(check.result().get("changed")).isEqualTo(BoolValue.TRUE);
    MapValue applied = kit.apply(apt, options).result();
    assertThat(applied.get("changed")).isEqualTo(BoolValue.TRUE);
    assertThat(applied.get("cache_updated")).isEqualTo(BoolValue.TRUE);
    sandbox.run("touch -d '2 hours ago' /var/lib/apt/lists");
    kit.apply(apt, options("name", "molt-foo=1.0"));
    MapValue again = kit.apply(apt, options("name", "molt-foo=1.0", "update_cache", true)).result();
    assertThat(again.get("changed")).isEqualTo(BoolValue.FALSE);
    sandbox.run("sed -i 's/^Version: 3.0/Version: 2.0/' /repo/Packages; apt-get update");
  }

  @Test
  void saysWhyTheListsCouldNotBeFetched() throws Exception {
    sandbox.run("echo 'deb [trusted=yes] http://127.0.0.1:1/ ./' >>/etc/apt/sources.list");
    AptOptions options = options("update_cache", true, "update_cache_retries", 1);
    assertThatThrownBy(() -> kit.apply(apt, options))
        .hasMessageContaining("Failed to update apt cache after 1 retries")
        .hasMessageContaining("127.0.0.1:1");
    sandbox.run("sed -i /127.0/d /etc/apt/sources.list");
  }

  @Test
  void installsAFile() throws Exception {
    kit.converges(apt, options("deb", "/repo/molt-foo-extra_1.0_all.deb"));
    assertThat(version("molt-foo-extra")).isEqualTo("ii 1.0");
    assertThat(version("molt-foo")).isEqualTo("ii 2.0");
    Outcome fetched = kit.apply(apt, options("deb", "file:///repo/molt-bar_1.0_all.deb"));
    assertThat(fetched.status()).isEqualTo(Status.CHANGED);
    assertThat(kit.apply(apt, options("deb", "file:///repo/molt-bar_1.0_all.deb")).status())
        .isEqualTo(Status.OK);
    assertThat(sandbox.run("ls /tmp | grep molt")).isEmpty();
    assertThatThrownBy(() -> kit.check(apt, options("deb", "/none.deb")))
        .hasMessageContaining("/none.deb");
  }

  @Test
  void keepsServicesFromBeingStartedMeanwhile() throws Exception {
    sandbox.run("rm -f /usr/sbin/policy-rc.d");
    kit.converges(apt, options("name", "molt-foo", "policy_rc_d", 101));
    assertThat(sandbox.run("ls /usr/sbin/policy-rc.d")).isEmpty();
    sandbox.run("echo own >/usr/sbin/policy-rc.d; chmod 711 /usr/sbin/policy-rc.d");
    kit.converges(apt, options("name", "molt-bar", "policy_rc_d", 101));
    assertThat(sandbox.run("cat /usr/sbin/policy-rc.d; stat -c %a /usr/sbin/policy-rc.d"))
        .isEqualTo("own\n711");
  }

  @Test
  void dropsWhatWasFetched() throws Exception {
    sandbox.run("mkdir -p /var/cache/apt/archives; touch /var/cache/apt/archives/molt-x_1_all.deb");
    assertThat(kit.check(apt, options("clean", true)).status()).isEqualTo(Status.UNKNOWN);
    MapValue result = kit.apply(apt, options("clean", true)).result();
    assertThat(result.get("changed")).isEqualTo(BoolValue.TRUE);
    assertThat(sandbox.run("ls /var/cache/apt/archives/*.deb")).isEmpty();
  }

  @Test
  void refusesOptionsThatDoNotGoTogether() {
    assertThatThrownBy(() -> kit.check(apt, options("state", "present")))
        .hasMessageContaining("one of the following is required");
    assertThatThrownBy(() -> kit.check(apt, options("name", "a", "deb", "/b")))
        .hasMessageContaining("mutually exclusive");
    assertThatThrownBy(() -> kit.check(apt, options("name", "a=1=2")))
        .hasMessage("invalid package spec: a=1=2");
    assertThatThrownBy(() -> kit.check(apt, options("name", "--purge")))
        .hasMessage("invalid package spec: --purge");
    assertThatThrownBy(() -> kit.check(apt, options("name", List.of("*", "a"), "state", "latest")))
        .hasMessageContaining("unable to install additional packages");
  }

  @Test
  void isChosenByPackage() throws Exception {
    PackageModule any = new PackageModule();
    kit.converges(any, OptionsKit.of(any, "name", "molt-bar", "state", "present"));
    assertThat(version("molt-bar")).isEqualTo("ii 1.0");
    assertThatThrownBy(() -> kit.check(any, OptionsKit.of(any, "name", "x", "use", "dnf")))
        .hasMessageContaining("dnf");
    sandbox.run("mkdir /fake; printf '#!' >/fake/zypper; chmod +x /fake/zypper");
    kit.environment(Map.of("PATH", "/fake"));
    assertThatThrownBy(() -> kit.check(any, OptionsKit.of(any, "name", "x")))
        .hasMessageContaining("no apt-get")
        .hasMessageContaining("zypper");
  }

  @Test
  void waitsForTheLock() throws Exception {
    sandbox.run(
        """
        cat >/tmp/hold.pl <<'E'
        use Fcntl; open(F, '+>', '/var/lib/dpkg/lock-frontend');
        fcntl(F, F_SETLK, pack('ssqql', F_WRLCK, 0, 0, 0, 0)) or die; sleep 3;
        E
        perl /tmp/hold.pl >/dev/null 2>&1 & sleep 1\
        """);
    Outcome applied = kit.apply(apt, options("name", "molt-foo"));
    assertThat(applied.status()).isEqualTo(Status.CHANGED);
    assertThat(((StrValue) applied.result().get("stdout")).text()).contains("Setting up molt-foo");
  }
}
