package dev.molt.runner.module.builtin.apt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebianVersionTest {
  @ParameterizedTest
  @CsvSource({
    "1.0, 1.0, 0",
    "1.0, 1.0-0, 0",
    "1.10, 1.9, 1",
    "1.0~rc1, 1.0, -1",
    "1.0~~, 1.0~, -1",
    "1:0.1, 9.9, 1",
    "1.0-1+deb12u2, 1.0-1+deb12u10, -1",
    "1.0a, 1.0+, -1",
    "1.0, 1.0a, -1",
    "1.0-2, 1.0-1.1, 1",
    "007, 7, 0",
    "2024.01.02, 2024.1.2, 0",
    "1-2-3, 1-2-2, 1",
    "99999999999999999999, 99999999999999999998, 1",
  })
  void comparesAsDpkgDoes(String one, String other, int sign) throws Exception {
    assertThat(Integer.signum(DebianVersion.compare(one, other))).isEqualTo(sign);
    assertThat(Integer.signum(DebianVersion.compare(other, one))).isEqualTo(-sign);
  }

  @Test
  void patternsAreOfNamesAndVersions() throws Exception {
    PackageSpec spec = PackageSpec.parse("lib[!a]*.so-?=1.2*");
    assertThat("libx1.so-2").matches(spec.namesRegex());
    assertThat("liba1.so-2").doesNotMatch(spec.namesRegex());
    assertThat("libxso-2").doesNotMatch(spec.namesRegex());
    assertThat(spec.accepts("1.2-3")).isTrue();
    assertThat(spec.accepts("1x2")).isFalse();
    assertThat(PackageSpec.parse("a>=2").accepts("10")).isTrue();
  }
}
