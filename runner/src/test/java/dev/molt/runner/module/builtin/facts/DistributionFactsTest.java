package dev.molt.runner.module.builtin.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.value.MapValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionFactsTest {
  private static final String OS = "/etc/os-release";

  /** Files by turns with their contents, all of which exist. */
  private static MapValue facts(String... files) {
    List<String> sections = new ArrayList<>(List.of(files));
    StringBuilder there = new StringBuilder();
    for (int i = 0; i < files.length; i += 2) {
      there.append(files[i]).append('\n');
    }
    sections.add("distribution");
    sections.add(there.toString());
    return Replies.facts(DistributionFacts.source(), sections.toArray(String[]::new));
  }

  private static String summary(MapValue facts) {
    return String.join(
        "|",
        Replies.text(facts, "distribution"),
        Replies.text(facts, "distribution_version"),
        Replies.text(facts, "distribution_release"),
        Replies.text(facts, "distribution_major_version"),
        Replies.text(facts, "os_family"));
  }

  @Test
  void debianKnowsItsPointRelease() {
    MapValue facts =
        facts(
            OS,
            """
            PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
            NAME="Debian GNU/Linux"
            VERSION_ID="12"
            VERSION="12 (bookworm)"
            VERSION_CODENAME=bookworm
            ID=debian
            """,
            "/etc/debian_version",
            "12.11\n");
    assertThat(summary(facts)).isEqualTo("Debian|12.11|bookworm|12|Debian");
    assertThat(Replies.text(facts, "distribution_minor_version")).isEqualTo("11");
    assertThat(Replies.text(facts, "distribution_file_path")).isEqualTo(OS);
    assertThat(Replies.text(facts, "distribution_file_variety")).isEqualTo("Debian");
    assertThat(Replies.text(facts, "distribution_file_parsed")).isEqualTo("True");
  }

  @Test
  void debianThatIsNotReleased() {
    MapValue facts =
        facts(
            OS,
            """
            PRETTY_NAME="Debian GNU/Linux trixie/sid"
            NAME="Debian GNU/Linux"
            ID=debian
            VERSION_CODENAME=trixie
            """,
            "/etc/debian_version",
            "trixie/sid\n");
    assertThat(summary(facts)).isEqualTo("Debian|trixie/sid|trixie|trixie/sid|Debian");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "Ubuntu ! ubuntu ! debian ! 22.04 ! 22.04.4 LTS (Jammy Jellyfish) ! jammy"
            + " ! Ubuntu|22.04|jammy|22|Debian",
        "Linux Mint ! linuxmint ! ubuntu debian ! 21.2 ! 21.2 (Victoria) ! victoria"
            + " ! Linux Mint|21.2|victoria|21|Debian",
        "Kali GNU/Linux ! kali ! debian ! 2023.4 ! 2023.4 ! kali-rolling"
            + " ! Kali|2023.4|kali-rolling|2023|Debian",
        "openSUSE Leap ! opensuse-leap ! suse opensuse ! 15.5 ! 15.5 ! ''"
            + " ! openSUSE Leap|15.5|5|15|Suse",
        "SLES ! sles ! suse ! 15.4 ! 15-SP4 ! '' ! SLES|15.4||15|Suse",
        "Amazon Linux ! amzn ! centos rhel fedora ! 2 ! 2 ! '' ! Amazon|2||2|RedHat",
        "Alma ! alma ! rhel ! 9.1 ! 9.1 (Lime Lynx) ! '' ! Alma|9.1||9|Alma",
      })
  void byOsRelease(
      String name, String id, String like, String number, String version, String code, String is) {
    MapValue facts =
        facts(
            OS,
            "NAME=\"%s\"\nID=%s\nID_LIKE=\"%s\"\nVERSION_ID=\"%s\"\nVERSION=\"%s\"\n%s"
                .formatted(name, id, like, number, version, "VERSION_CODENAME=" + code));
    assertThat(summary(facts)).isEqualTo(is);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "Red Hat Enterprise Linux release 8.4 (Ootpa) ! rhel ! 8.4 ! 8.4 (Ootpa)"
            + " ! RedHat|8.4|Ootpa|8|RedHat",
        "Rocky Linux release 9.3 (Blue Onyx) ! rocky ! 9.3 ! 9.3 (Blue Onyx)"
            + " ! Rocky|9.3|Blue Onyx|9|RedHat",
        "AlmaLinux release 9.1 (Lime Lynx) ! almalinux ! 9.1 ! 9.1 (Lime Lynx)"
            + " ! AlmaLinux|9.1|Lime Lynx|9|RedHat",
        "Fedora release 39 (Thirty Nine) ! fedora ! 39 ! 39 (Server Edition)"
            + " ! Fedora|39|Server Edition|39|RedHat",
        "CentOS Linux release 7.9.2009 (Core) ! centos ! 7 ! 7 (Core)"
            + " ! CentOS|7.9|Core|7|RedHat",
      })
  void byRedHatsFile(String release, String id, String number, String version, String is) {
    MapValue facts =
        facts(
            "/etc/redhat-release",
            release,
            OS,
            "NAME=X\nID=\"%s\"\nVERSION_ID=\"%s\"\nVERSION=\"%s\"\n"
                .formatted(id, number, version));
    assertThat(summary(facts)).isEqualTo(is);
    assertThat(Replies.text(facts, "distribution_file_variety")).isEqualTo("RedHat");
  }

  @Test
  void centosStreamAndOracle() {
    String os = "NAME=\"CentOS Stream\"\nVERSION=\"9\"\nID=\"centos\"\nVERSION_ID=\"9\"\n";
    assertThat(
            summary(
                facts(
                    "/etc/centos-release",
                    "CentOS Stream release 9\n",
                    "/etc/redhat-release",
                    "CentOS Stream release 9\n",
                    OS,
                    os)))
        .isEqualTo("CentOS|9|Stream|9|RedHat");
    assertThat(
            summary(
                facts(
                    "/etc/oracle-release",
                    "Oracle Linux Server release 8.6\n",
                    "/etc/redhat-release",
                    "Red Hat Enterprise Linux release 8.6 (Ootpa)\n",
                    OS,
                    """
                    NAME="Oracle Linux Server"
                    VERSION="8.6"
                    ID="ol"
                    VERSION_ID="8.6"
                    """)))
        .isEqualTo("OracleLinux|8.6|NA|8|RedHat");
  }

  @Test
  void filesThatNeedOnlyBeThere() {
    MapValue arch = facts("/etc/arch-release", "", OS, "NAME=\"Arch Linux\"\nID=arch\n");
    assertThat(summary(arch)).isEqualTo("Archlinux|NA|NA|NA|Archlinux");
    assertThat(Replies.text(arch, "distribution_file_parsed")).isEqualTo("(absent)");
    assertThat(
            summary(
                facts(
                    "/etc/alpine-release",
                    "3.19.1\n",
                    OS,
                    "NAME=\"Alpine Linux\"\nID=alpine\nVERSION_ID=3.19.1\n")))
        .isEqualTo("Alpine|3.19.1|NA|3|Alpine");
    assertThat(summary(facts())).isEqualTo("OtherLinux|NA|NA|NA|OtherLinux");
  }

  @Test
  void lsbIsNotAskedButTold() {
    MapValue ubuntu =
        Replies.facts(
            DistributionFacts.lsb(),
            "/etc/lsb-release",
            """
            DISTRIB_ID=Ubuntu
            DISTRIB_RELEASE=22.04
            DISTRIB_CODENAME=jammy
            DISTRIB_DESCRIPTION="Ubuntu 22.04.4 LTS"
            """);
    assertThat(Replies.text(ubuntu, "lsb"))
        .isEqualTo(
            "{'id': 'Ubuntu', 'description': 'Ubuntu 22.04.4 LTS', 'release': '22.04',"
                + " 'codename': 'jammy', 'major_release': '22'}");
    String debian = "PRETTY_NAME=\"Debian 12\"\nID=debian\nVERSION_ID=12\nVERSION_CODENAME=b\n";
    assertThat(
            Replies.text(
                Replies.facts(DistributionFacts.lsb(), OS, debian, "lsb_release", "/bin/lsb"),
                "lsb"))
        .isEqualTo(
            "{'id': 'Debian', 'description': 'Debian 12', 'release': '12', 'codename': 'b',"
                + " 'major_release': '12'}");
    assertThat(Replies.text(Replies.facts(DistributionFacts.lsb(), OS, debian), "lsb"))
        .isEqualTo("{}");
  }
}
