package dev.molt.runner.module.builtin.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GatherSubsetTest {
  private static final Set<Subset> MINIMAL =
      Arrays.stream(Subset.values())
          .filter(Subset::minimal)
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(Subset.class)));

  private static Set<Subset> resolve(String... asked) {
    return GatherSubset.resolve(List.of(asked));
  }

  @Test
  void allIsAll() {
    assertThat(resolve("all")).containsExactly(Subset.values());
    assertThat(resolve()).containsExactly(Subset.values());
    assertThat(resolve("!facter")).doesNotContain(Subset.FACTER);
  }

  @Test
  void theMinimumComesUnlessItIsExcluded() {
    assertThat(resolve("!all")).isEqualTo(MINIMAL);
    assertThat(resolve("min")).isEqualTo(MINIMAL);
    assertThat(resolve("network")).contains(Subset.NETWORK, Subset.ENV, Subset.DATE_TIME);
    assertThat(resolve("network")).doesNotContain(Subset.HARDWARE);
    assertThat(resolve("!all", "!min")).isEmpty();
    assertThat(resolve("!all", "!min", "env")).containsExactly(Subset.ENV);
  }

  @Test
  void whatOthersNeedComesToo() {
    assertThat(resolve("!all", "!min", "pkg_mgr"))
        .containsExactly(Subset.DISTRIBUTION, Subset.PKG_MGR);
    assertThat(resolve("!min", "!all", "network"))
        .containsExactly(Subset.PLATFORM, Subset.DISTRIBUTION, Subset.NETWORK);
  }

  @Test
  void namesOfFactsStandForTheirSubsets() {
    assertThat(resolve("!all", "!min", "mounts")).containsExactly(Subset.PLATFORM, Subset.HARDWARE);
    assertThat(resolve("all", "!hardware")).doesNotContain(Subset.HARDWARE);
    assertThat(resolve("all", "!hardware", "mounts")).contains(Subset.HARDWARE);
    assertThat(resolve("all", "!nothing")).containsExactly(Subset.values());
  }

  @Test
  void aNameThatIsNoneSaysWhichAre() {
    assertThatThrownBy(() -> resolve("hardwear"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Bad subset 'hardwear' given to Ansible. gather_subset options allowed: all,"
                + " all_ipv4_addresses, all_ipv6_addresses, apparmor, architecture, caps,")
        .hasMessageContaining(", virtualization_type");
  }
}
