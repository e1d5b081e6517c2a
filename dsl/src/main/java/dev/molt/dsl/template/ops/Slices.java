package dev.molt.dsl.template.ops;

import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Secrets;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Python's slices of lists and texts. */
public final class Slices {
  private Slices() {}

  /** {@code value[from:to:step]}; none stands for a part left out. */
  public static Value slice(Value value, Value from, Value to, Value step) {
    if (value instanceof StrValue text) {
      int[] points = text.text().codePoints().toArray();
      StringBuilder out = new StringBuilder();
      for (int i : indexes(points.length, from, to, step)) {
        out.appendCodePoint(points[i]);
      }
      return Secrets.text(out.toString(), text.secret());
    } else if (value instanceof ListValue list) {
      List<Value> out = new ArrayList<>();
      for (int i : indexes(list.items().size(), from, to, step)) {
        out.add(list.items().get(i));
      }
      return new ListValue(out, list.kind());
    }
    throw new ValueException("'" + Python.typeName(value) + "' object cannot be sliced");
  }

  private static int[] indexes(int size, Value from, Value to, Value step) {
    int by = step instanceof NullValue ? 1 : clamp(number(step), Integer.MAX_VALUE);
    if (by == 0) {
      throw new ValueException("slice step cannot be zero");
    }
    int start = bound(from, size, by > 0 ? 0 : size - 1, by);
    int end = bound(to, size, by > 0 ? size : -1, by);
    long span = by > 0 ? (long) end - start : (long) start - end;
    long stride = Math.abs((long) by);
    int count = span <= 0 ? 0 : (int) ((span + stride - 1) / stride);
    int[] all = new int[count];
    for (int i = 0; i < count; i++) {
      all[i] = (int) (start + (long) i * by);
    }
    return all;
  }

  private static int bound(Value given, int size, int otherwise, int step) {
    if (given instanceof NullValue) {
      return otherwise;
    }
    int index = clamp(number(given), Integer.MAX_VALUE / 2);
    index = index < 0 ? index + size : index;
    return step > 0 ? Math.max(0, Math.min(index, size)) : Math.max(-1, Math.min(index, size - 1));
  }

  private static BigInteger number(Value value) {
    if (value instanceof IntValue i) {
      return i.value();
    }
    throw new ValueException(
        "slice indices must be integers or None, not " + Python.typeName(value));
  }

  private static int clamp(BigInteger value, int most) {
    if (value.bitLength() < 31) {
      return Math.max(-most, Math.min(most, value.intValue()));
    }
    return value.signum() < 0 ? -most : most;
  }
}
