package dev.molt.dsl.template.library;

import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Tuples made of items of several lists. */
final class Combining {
  private static final int MAX = 1_000_000;

  private Combining() {}

  /**
   * @param fill what stands for items that a shorter list has not, or null to end with it
   */
  static ListValue zip(List<List<Value>> lists, Value fill) {
    int size = fill == null ? Integer.MAX_VALUE : 0;
    for (List<Value> list : lists) {
      size = fill == null ? Math.min(size, list.size()) : Math.max(size, list.size());
    }
    List<Value> out = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      List<Value> row = new ArrayList<>(lists.size());
      for (List<Value> list : lists) {
        row.add(i < list.size() ? list.get(i) : fill);
      }
      out.add(new ListValue(row, ListValue.Kind.TUPLE));
    }
    return new ListValue(out);
  }

  static ListValue product(List<List<Value>> lists, Value repeat) {
    List<List<Value>> all = new ArrayList<>();
    int times =
        repeat instanceof IntValue n && n.value().bitLength() < 8 ? n.value().intValue() : 1;
    for (int i = 0; i < times; i++) {
      all.addAll(lists);
    }
    long size = 1;
    for (List<Value> list : all) {
      size = Iteration.bounded(size * list.size(), MAX);
    }
    List<List<Value>> rows = List.of(List.of());
    for (List<Value> list : all) {
      List<List<Value>> longer = new ArrayList<>();
      for (List<Value> row : rows) {
        for (Value item : list) {
          List<Value> next = new ArrayList<>(row);
          next.add(item);
          longer.add(next);
        }
      }
      rows = longer;
    }
    return tuples(rows);
  }

  static ListValue permutations(List<Value> items, int size) {
    List<List<Value>> out = new ArrayList<>();
    if (size >= 0 && size <= items.size()) {
      long count = 1;
      for (int i = 0; i < size; i++) {
        count = Iteration.bounded(count * (items.size() - i), MAX);
      }
      choose(items, size, true, new ArrayList<>(), out);
    }
    return tuples(out);
  }

  static ListValue combinations(List<Value> items, int size) {
    List<List<Value>> out = new ArrayList<>();
    if (size >= 0 && size <= items.size()) {
      double count = 1;
      for (int i = 0; i < Math.min(size, items.size() - size); i++) {
        count = count * (items.size() - i) / (i + 1);
      }
      Iteration.bounded((long) count, MAX);
      choose(items, size, false, new ArrayList<>(), out);
    }
    return tuples(out);
  }

  /** Extends a choice of indexes in all ways; in any order, or only upwards. */
  private static void choose(
      List<Value> items, int size, boolean anyOrder, List<Integer> chosen, List<List<Value>> out) {
    if (chosen.size() == size) {
      List<Value> row = new ArrayList<>(size);
      chosen.forEach(i -> row.add(items.get(i)));
      out.add(row);
      return;
    }
    int start = anyOrder || chosen.isEmpty() ? 0 : chosen.get(chosen.size() - 1) + 1;
    int end = anyOrder ? items.size() : items.size() - (size - chosen.size()) + 1;
    for (int i = start; i < end; i++) {
      if (!anyOrder || !chosen.contains(i)) {
        chosen.add(i);
        choose(items, size, anyOrder, chosen, out);
        chosen.remove(chosen.size() - 1);
      }
    }
  }

  private static ListValue tuples(List<List<Value>> rows) {
    List<Value> out = new ArrayList<>(rows.size());
    rows.forEach(row -> out.add(new ListValue(row, ListValue.Kind.TUPLE)));
    return new ListValue(out);
  }
}
