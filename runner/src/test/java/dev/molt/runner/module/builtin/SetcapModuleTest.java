package dev.molt.runner.module.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.ModuleKit.Runs;
import dev.molt.runner.module.builtin.SetcapModule.Options;
import dev.molt.runner.module.builtin.SetcapModule.State;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetcapModuleTest {
  @TempDir Path host;
  private final SetcapModule setcap = new SetcapModule();
  private ModuleKit kit;
  private Path program;

  @AfterEach
  void close() {
    kit.close();
  }

  @BeforeEach
  void kit() throws Exception {
    kit = ModuleKit.local().watching(host);
    program = Files.copy(Path.of("/bin/true"), host.resolve("my = tegu"));
  }

  @Test
  void givesWhatIsAskedForAndKeepsTheRest() throws Exception {
    Runs runs = kit.changes(setcap, options("cap_net_bind_service=+ep", State.PRESENT));
    assertThat(runs.check().diffs())
        .containsExactly(
            FieldDiff.of(program.toString(), "capabilities", "", "cap_net_bind_service+ep"));
    kit.unchanged(setcap, options("CAP_NET_BIND_SERVICE+pe", State.PRESENT));
    kit.changes(setcap, options("cap_net_raw+ep", State.PRESENT));
    kit.unchanged(setcap, options("cap_net_bind_service=ep cap_net_raw=ep", State.PRESENT));
    kit.changes(setcap, options("cap_net_raw", State.ABSENT));
    kit.changes(setcap, options("cap_net_bind_service=ep", State.ABSENT));
    kit.unchanged(setcap, options("cap_net_bind_service=ep", State.ABSENT));
  }

  @Test
  void aReplacedProgramNeedsItsCapabilitiesAgain() throws Exception {
    kit.apply(setcap, options("cap_net_bind_service=ep", State.PRESENT));
    CopyModule.Options copy = OptionsKit.of(new CopyModule(), "content", "new", "dest", program);
    kit.check(new CopyModule(), copy);
    var foretold = kit.check(setcap, options("cap_net_bind_service=ep", State.PRESENT)).diffs();
    kit.forget();
    kit.apply(new CopyModule(), copy);
    assertThat(kit.apply(setcap, options("cap_net_bind_service=ep", State.PRESENT)).diffs())
        .isEqualTo(foretold)
        .hasSize(1);
  }

  @Test
  void whatNoFileCanHaveIsFoundInThePlan() throws Exception {
    kit.apply(setcap, options("cap_net_bind_service=ep", State.PRESENT));
    assertThatThrownBy(() -> kit.check(setcap, options("cap_net_raw+i", State.PRESENT)))
        .isInstanceOf(ModuleException.class)
        .hasMessageContaining("e holds for all of them or for none");
  }

  @Test
  void whatCannotBeIsSaid() throws Exception {
    Files.delete(program);
    assertThatThrownBy(() -> kit.check(setcap, options("cap_net_raw=ep", State.PRESENT)))
        .isInstanceOf(ModuleException.class)
        .hasMessageContaining("does not exist on the host");
  }

  private Options options(String capability, State state) {
    return new Options(program.toString(), capability, state);
  }
}
