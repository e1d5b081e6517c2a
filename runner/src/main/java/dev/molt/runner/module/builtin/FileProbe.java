package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.FileState;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a file is there, and what it says. A log may be large and grows, so each look fetches
 * only what has been added since the last.
 */
final class FileProbe implements WaitProbe {
  private static final int CHUNK = 8 << 20;
  private static final int KEPT = 64 << 10;
  private static final int MISSING = 3;

  private final String path;
  private final boolean present;
  private final Optional<Pattern> regex;
  private String seen = "";
  private long offset;

  FileProbe(String path, boolean present, Optional<Pattern> regex) {
    this.path = path;
    this.present = present;
    this.regex = regex;
  }

  @Override
  public Look look(Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Optional<FileState> foreseen = target.foreseen().file(path);
    if (foreseen.isPresent() && regex.isEmpty()) {
      return Look.of(foreseen.get().exists() == present, "");
    }
    ScriptResult answer = target.read(Script.of(script()).withDeadline(Duration.ofSeconds(60)));
    if (answer.timedOut() || (!answer.ok() && answer.exitStatus() != MISSING)) {
      return Look.of(false, answer.timedOut() ? "no answer in 60 s" : answer.err().strip());
    }
    boolean there = answer.ok();
    if (!there || regex.isEmpty() || !present) {
      offset = 0;
      return Look.of(there == present, there ? "it is still there" : "it does not exist");
    }
    return search(answer, regex.get());
  }

  private String script() {
    String quoted = ShellQuote.quote(path);
    String script = "f=" + quoted + "\n[ -e \"$f\" ] || [ -L \"$f\" ] || exit " + MISSING + "\n";
    if (regex.isEmpty() || !present) {
      return script;
    }
    // Shorter than before means another file of the same name: it is read from its start.
    return script
        + "s=$(wc -c <\"$f\") || exit 4\no="
        + offset
        + "\n[ \"$s\" -ge $o ] || o=0\necho $o\ntail -c +$((o + 1)) \"$f\" | head -c "
        + CHUNK
        + "\n";
  }

  private Look search(ScriptResult answer, Pattern pattern) {
    String out = new String(answer.stdout(), StandardCharsets.ISO_8859_1);
    int lineEnd = out.indexOf('\n');
    long from = Long.parseLong(out.substring(0, lineEnd).strip());
    String added = out.substring(lineEnd + 1);
    String text = from == 0 ? added : seen + added;
    offset = from + added.length();
    seen = text.substring(Math.max(0, text.length() - KEPT));
    // Bytes were counted above; the search is for characters.
    String readable =
        new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    Matcher matcher = pattern.matcher(readable);
    return matcher.find()
        ? new Look(true, "", groups(matcher))
        : Look.of(false, "the text is not in it yet (" + offset + " bytes)");
  }

  /** Ansible's keys for what a regular expression found. */
  static MapValue groups(Matcher matcher) {
    List<Value> groups = new ArrayList<>();
    for (int i = 1; i <= matcher.groupCount(); i++) {
      groups.add(matcher.group(i) == null ? NullValue.NULL : new StrValue(matcher.group(i)));
    }
    return MapValue.empty().put("match_groups", ListValue.of(groups));
  }
}
