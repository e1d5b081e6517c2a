package dev.molt.runner.module.builtin.text;

import dev.molt.dsl.template.library.PythonRegex;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.builtin.text.BlockInFileModule.Options;
import dev.molt.runner.module.builtin.text.LineInFileModule.State;
import dev.molt.runner.module.files.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts blockinfile's block among the lines of a file. All texts are bytes, each as one char. */
final class BlockPlacing {
  private static final String MARK = "{mark}";
  private static final String BLANK = "\n";
  private static final Pattern MULTILINE =
      Pattern.compile("\\(\\?[aiLsux]*m[aiLmsux]*\\).*", Pattern.DOTALL);

  private final Options options;
  private final String begin;
  private final String end;
  private final Optional<PythonRegex> place;
  private final boolean multiline;
  private final List<String> block = new ArrayList<>();

  BlockPlacing(Options options) throws ModuleException {
    this.options = options;
    this.begin = marker(options.markerBegin());
    this.end = marker(options.markerEnd());
    Optional<String> after = options.insertafter().filter(p -> !p.equals("EOF"));
    Optional<String> before = options.insertbefore().filter(p -> !p.equals("BOF"));
    this.place =
        after.isPresent()
            ? Regexes.bytes("insertafter", after)
            : Regexes.bytes("insertbefore", before);
    this.multiline = after.or(() -> before).filter(p -> MULTILINE.matcher(p).matches()).isPresent();
    String text = TextEdit.utf8(options.block().orElse(""));
    if (options.state() == State.PRESENT && !text.isEmpty()) {
      block.add(begin);
      block.addAll(universal(text.endsWith("\n") ? text : text + "\n"));
      block.add(end);
    }
  }

  private String marker(String mark) {
    return TextEdit.utf8(options.marker().replace(MARK, mark)) + "\n";
  }

  /** Whether there is to be no block. */
  boolean isEmpty() {
    return block.isEmpty();
  }

  /** Lines that end as any system ends them, with their ends. */
  private static List<String> universal(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if ((c == '\n' || c == '\r') && !pair) {
        lines.add(text.substring(from, i + 1));
        from = i + 1;
      }
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  /** The file with the block in its place, or without it. */
  String in(String original) {
    List<String> lines = universal(original);
    int first = lines.lastIndexOf(begin);
    int last = lines.lastIndexOf(end);
    int at;
    if (first < 0 || last < 0) {
      at = fresh(lines, original);
    } else {
      at = Math.min(first, last);
      lines.subList(at, Math.max(first, last) + 1).clear();
    }
    if (at > 0 && !lines.get(at - 1).endsWith("\n")) {
      lines.set(at - 1, lines.get(at - 1) + "\n");
    }
    boolean present = options.state() == State.PRESENT;
    if (options.prependNewline() && present && at != 0 && !lines.get(at - 1).equals(BLANK)) {
      lines.add(at++, BLANK);
    }
    lines.addAll(at, block);
    int after = at + block.size();
    if (options.appendNewline()
        && present
        && after < lines.size()
        && !lines.get(after).equals(BLANK)) {
      lines.add(after, BLANK);
    }
    return String.join("", lines);
  }

  /** Where a block goes that is not there yet. */
  private int fresh(List<String> lines, String original) {
    if (place.isEmpty()) {
      return options.insertbefore().isPresent() ? 0 : lines.size();
    }
    boolean before = options.insertafter().isEmpty();
    int at = -1;
    if (multiline) {
      Matcher matcher = place.get().matcher(original);
      if (matcher.find()) {
        String above = original.substring(0, before ? matcher.start() : matcher.end());
        at = (int) above.chars().filter(c -> c == '\n').count();
      }
    } else {
      for (int i = 0; i < lines.size(); i++) {
        at = place.get().matcher(lines.get(i)).find() ? i : at;
      }
    }
    if (at < 0) {
      return lines.size();
    }
    return Math.min(lines.size(), before ? at : at + 1);
  }
}
