package dev.molt.runner.repl.terminal;

import java.util.List;
import org.jline.terminal.Size;
import org.jline.utils.AttributedString;

/** How much a terminal shows at once. */
record Screen(int columns, int rows) {
  private static final int USUAL_COLUMNS = 80;
  private static final int TAB = 8;

  /** Of a terminal that does not know how large it is, the usual. */
  static Screen of(Size size) {
    return new Screen(size.getColumns() > 0 ? size.getColumns() : USUAL_COLUMNS, size.getRows());
  }

  /** Whether all lines can be seen at once, with a row left to type in. */
  boolean holds(List<String> lines) {
    long taken = 0;
    for (String line : lines) {
      int wide = AttributedString.fromAnsi(line, TAB).columnLength();
      taken += Math.max(1, (wide + columns - 1) / columns);
      if (taken >= rows) {
        return false;
      }
    }
    return true;
  }

  /** As much of a text as fits in one row, so that it can be taken away again. */
  String row(String text) {
    // A terminal goes to the next row where the last column is taken.
    int room = columns - 1;
    AttributedString whole = new AttributedString(text);
    return whole.columnLength() <= room
        ? text
        : room < 1 ? "" : whole.columnSubSequence(0, room - 1) + "…";
  }
}
