package dev.molt.runner.repl.terminal;

import java.io.IOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.impl.exec.ExecPty;
import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.terminal.spi.SystemStream;

/**
 * The terminal of the process, told what to do by {@code stty}: no native code that has to be
 * unpacked somewhere and allowed. Nobody else changes for long how it behaves, so that it need not
 * be asked each time: every process costs as much as a key press may.
 */
final class SttyPty extends ExecPty {
  private Attributes known;

  SttyPty() {
    super(new ExecTerminalProvider(), SystemStream.Output, "/dev/tty");
  }

  @Override
  public synchronized Attributes getAttr() throws IOException {
    if (known == null) {
      known = super.getAttr();
    }
    return new Attributes(known);
  }

  @Override
  protected synchronized void doSetAttr(Attributes wanted) throws IOException {
    super.doSetAttr(wanted);
    known = new Attributes(wanted);
  }
}
