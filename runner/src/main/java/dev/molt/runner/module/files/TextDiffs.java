package dev.molt.runner.module.files;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import java.util.List;
import java.util.Optional;

/** Contents before and after, in the form of the {@code diff} of Ansible's results. */
final class TextDiffs {
  private TextDiffs() {}

  /** As copy and template have it: a list of one. */
  static Value list(String path, HostFile now, HostFiles host, FileContent source) {
    return ListValue.of(List.of(one(path, now, host, source)));
  }

  /** One file's. */
  static MapValue one(String path, HostFile now, HostFiles host, FileContent source) {
    MapValue diff = MapValue.empty();
    Optional<String> before = now.isFile() ? host.content(path) : Optional.of("");
    if (before.isPresent()) {
      diff.put("before_header", Value.of(path)).put("before", Value.of(before.get()));
    } else {
      diff.put(unshown("dst", now.state().size()), limit(now.state().size()));
    }
    Optional<String> after = source.text();
    if (after.isPresent()) {
      diff.put("after_header", Value.of(source.src().orElse(path)));
      diff.put("after", Value.of(after.get()));
    } else {
      diff.put(unshown("src", source.size()), limit(source.size()));
    }
    return diff;
  }

  private static String unshown(String side, long size) {
    return side + (size > FileContent.TEXT_LIMIT ? "_larger" : "_binary");
  }

  private static Value limit(long size) {
    return Value.of(size > FileContent.TEXT_LIMIT ? FileContent.TEXT_LIMIT : 1);
  }

  /** Two texts of one file. */
  static MapValue of(String header, String before, String after) {
    return MapValue.empty()
        .put("before_header", Value.of(header))
        .put("before", Value.of(before))
        .put("after_header", Value.of(header))
        .put("after", Value.of(after));
  }
}
