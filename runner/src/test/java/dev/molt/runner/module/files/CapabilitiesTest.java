package dev.molt.runner.module.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilitiesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cap_net_bind_service=+eip",
        "CAP_NET_BIND_SERVICE=eip",
        "cap_net_bind_service+pie",
        "cap_net_bind_service=ep cap_net_bind_service+i",
        "cap_net_raw+e cap_net_bind_service=eip cap_net_raw-e",
        "= cap_net_bind_service+eip",
        "cap_net_bind_service=p+i+e"
      })
  void theSameWrittenInManyWays(String text) {
    assertThat(Capabilities.parse(text).toString()).isEqualTo("cap_net_bind_service+eip");
  }

  @Test
  void severalNamesAndClauses() {
    assertThat(Capabilities.parse("cap_chown,cap_kill=ep cap_net_raw+i").toString())
        .isEqualTo("cap_chown,cap_kill+ep cap_net_raw+i");
    assertThat(Capabilities.parse("=ep cap_sys_admin-ep").flags()).hasSize(40);
    assertThat(Capabilities.parse("all+p all-p")).isEqualTo(Capabilities.NONE);
    assertThat(Capabilities.parse("")).isEqualTo(Capabilities.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "/a b cap_net_raw=ep",
    "/a b = cap_net_raw+ep",
    "/a b = cap_net_raw+pe",
    "/a b cap_net_raw+ep"
  })
  void readsWhatAnyGetcapPrints(String line) {
    assertThat(Capabilities.ofGetcap("/a b", line + "\n").toString()).isEqualTo("cap_net_raw+ep");
  }

  @Test
  void readsNothing() {
    assertThat(Capabilities.ofGetcap("/a", "")).isEqualTo(Capabilities.NONE);
    assertThat(Capabilities.ofGetcap("/a", "/a =\n")).isEqualTo(Capabilities.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "cap_net_bind,lacks its flags",
    "cap_net_bnd+ep,is no capability",
    "net_raw+ep,is no capability",
    "cap_net_raw+ex,x is no flag",
    "+ep,names no capability"
  })
  void saysWhatIsWrong(String text, String why) {
    assertThatThrownBy(() -> Capabilities.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
