package dev.molt.dsl.hook;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import java.util.ArrayList;
import java.util.List;

/**
 * How several hooks of one moment end. Before something, the first one that fails or skips is the
 * last one called; after something, and where something failed, all are called, and all that went
 * wrong is told. Used by one thread.
 */
public final class HookEnds {
  private final boolean all;
  private final List<RuntimeException> ended = new ArrayList<>();

  /** For the hooks of a moment. */
  public HookEnds(Moment moment) {
    this.all = !moment.decides();
  }

  /** What may fail. */
  @FunctionalInterface
  public interface Call<E extends Exception> {
    void done() throws E;
  }

  /**
   * Calls one.
   *
   * @throws HookException where it ends so, and decides on what comes
   * @throws DiagnosticException likewise
   */
  public <E extends Exception> void of(Call<E> call) throws E {
    try {
      call.done();
    } catch (HookException | DiagnosticException e) {
      if (!all) {
        throw e;
      }
      ended.add(e);
    }
  }

  /**
   * Says how they ended, where one was not well.
   *
   * @throws HookException the only one that failed, or else one that skipped
   * @throws DiagnosticException with all that went wrong
   */
  public void settle() {
    List<RuntimeException> failed =
        ended.stream().filter(e -> !(e instanceof HookException hook && hook.skips())).toList();
    if (failed.size() == 1) {
      throw failed.get(0);
    } else if (failed.isEmpty() && !ended.isEmpty()) {
      throw ended.get(0);
    }
    Diagnostics wrong = new Diagnostics();
    for (RuntimeException each : failed) {
      wrong.addAll(
          each instanceof HookException hook
              ? hook.diagnostic().asException()
              : (DiagnosticException) each);
    }
    wrong.throwIfErrors();
  }
}
