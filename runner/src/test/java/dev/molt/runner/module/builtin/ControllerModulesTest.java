package dev.molt.runner.module.builtin;

import static dev.molt.runner.module.builtin.Hosts.expression;
import static dev.molt.runner.module.builtin.Hosts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.module.Expression;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControllerModulesTest {
  private static final Value HELLO = new StrValue("Hello world!");
  private static final Value UNKNOWN = new UndefinedValue("'r.rc' is not known", true);
  private static final Expression HOLDS = expression("a == 1", BoolValue.TRUE);
  private final ModuleKit kit = Hosts.unreached();

  /** Check, apply and apply again say the same, and reach no host. */
  private <P extends Record> MapValue thrice(Module<P> module, P options) throws Exception {
    return thrice(module, options, Status.OK);
  }

  private <P extends Record> MapValue thrice(Module<P> module, P options, Status status)
      throws Exception {
    Outcome check = kit.check(module, options);
    Outcome apply = kit.apply(module, options);
    assertThat(check).isEqualTo(apply).isEqualTo(kit.apply(module, options));
    assertThat(check.status()).isEqualTo(status);
    assertThat(check.result().get("changed")).isEqualTo(BoolValue.FALSE);
    return check.result();
  }

  @Test
  void debugShowsMessageOrVariable() throws Exception {
    DebugModule debug = new DebugModule();
    assertThat(text(thrice(debug, new DebugModule.Options(HELLO, Optional.empty(), 0)), "msg"))
        .isEqualTo("Hello world!");
    MapValue shown =
        thrice(
            debug,
            new DebugModule.Options(HELLO, Optional.of(expression("a.b", IntValue.of(3))), 0));
    assertThat(shown.get("a.b")).isEqualTo(IntValue.of(3));
    assertThat(shown.has("msg")).isFalse();
  }

  @Test
  void debugOfSomethingUndefinedSaysSo() throws Exception {
    Expression missing = expression("nope", UndefinedValue.name("nope"));
    MapValue shown =
        thrice(new DebugModule(), new DebugModule.Options(HELLO, Optional.of(missing), 0));
    assertThat(text(shown, "nope")).isEqualTo("VARIABLE IS NOT DEFINED!");
  }

  @Test
  void whatACheckCannotKnowIsUnknown() throws Exception {
    Expression unknown = expression("r.rc", UNKNOWN);
    Outcome debug =
        kit.check(new DebugModule(), new DebugModule.Options(HELLO, Optional.of(unknown), 0));
    assertThat(debug.status()).isEqualTo(Status.UNKNOWN);
    assertThat(kit.check(new AssertModule(), that(HOLDS, unknown)).status())
        .isEqualTo(Status.UNKNOWN);
    assertThatThrownBy(
            () ->
                kit.check(new AssertModule(), that(unknown, expression("a == 2", BoolValue.FALSE))))
        .isInstanceOf(ModuleException.class);
  }

  @Test
  void debugAboveTheVerbosityIsSkipped() throws Exception {
    MapValue result =
        thrice(
            new DebugModule(), new DebugModule.Options(HELLO, Optional.empty(), 2), Status.SKIPPED);
    assertThat(result.get("skipped")).isEqualTo(BoolValue.TRUE);
    assertThat(text(result, "skipped_reason")).isEqualTo("Verbosity threshold not met.");
    assertThat(result.has("msg")).isFalse();
  }

  @Test
  void failFailsInACheckToo() {
    assertThatThrownBy(() -> kit.check(new FailModule(), new FailModule.Options("no quorum")))
        .isInstanceOf(ModuleException.class)
        .hasMessage("no quorum");
  }

  @Test
  void assertPassesAndTellsWhichOneFailed() throws Exception {
    assertThat(text(thrice(new AssertModule(), that(HOLDS)), "msg"))
        .isEqualTo("All assertions passed");
    assertThatThrownBy(
            () -> kit.check(new AssertModule(), that(HOLDS, expression("a > 7", BoolValue.FALSE))))
        .hasMessageContaining("Assertion failed")
        .hasMessageContaining("a > 7")
        .isInstanceOfSatisfying(
            ModuleException.class,
            e -> {
              assertThat(text(e.result(), "assertion")).isEqualTo("a > 7");
              assertThat(e.result().get("evaluated_to")).isEqualTo(BoolValue.FALSE);
              assertThat(text(e.result(), "msg")).isEqualTo("Assertion failed");
            });
  }

  @Test
  void assertSaysWhatItIsTold() {
    AssertModule.Options options =
        new AssertModule.Options(
            List.of(expression("x", IntValue.of(0))),
            Optional.of(new StrValue("x must be set")),
            Optional.empty(),
            false);
    assertThatThrownBy(() -> kit.apply(new AssertModule(), options))
        .hasMessageStartingWith("x must be set");
  }

  @Test
  void setFactGivesFacts() throws Exception {
    MapValue result =
        thrice(new SetFactModule(), new SetFactModule.Options(Map.of("a", IntValue.of(1)), false));
    assertThat(((MapValue) result.get("ansible_facts")).get("a")).isEqualTo(IntValue.of(1));
  }

  @Test
  void setFactRefusesBadNames() {
    assertThatThrownBy(
            () ->
                kit.check(
                    new SetFactModule(),
                    new SetFactModule.Options(Map.of("a-b", IntValue.of(1)), false)))
        .hasMessageContaining("'a-b' is not valid");
    assertThatThrownBy(
            () -> kit.check(new SetFactModule(), new SetFactModule.Options(Map.of(), false)))
        .hasMessageStartingWith("No key/value pairs provided");
  }

  private static AssertModule.Options that(Expression... conditions) {
    return new AssertModule.Options(List.of(conditions), Optional.empty(), Optional.empty(), false);
  }
}
