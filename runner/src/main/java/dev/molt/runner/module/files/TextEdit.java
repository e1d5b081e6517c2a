package dev.molt.runner.module.files;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.UnreachableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of a host that is read, changed on the controller and put back: its bytes go through
 * unchanged wherever the edit does not touch them. Links are followed to the file itself.
 */
public final class TextEdit {
  /** What is longer is refused: it is read as a whole. */
  public static final int LIMIT = 8 << 20;

  /** As Ansible's modules say it. */
  private static final String ATTRIBUTES = "ownership, perms or SE linux context changed";

  private final String path;
  private final Attributes attributes;
  private final FileInstall.Manner manner;
  private final Target target;
  private final FileQuery query;
  private final HostFiles host;
  private final HostFile now;

  private TextEdit(
      String path,
      Attributes attributes,
      FileInstall.Manner manner,
      Target target,
      FileQuery query,
      HostFiles host) {
    this.path = path;
    this.attributes = attributes;
    this.manner = manner;
    this.target = target;
    this.query = query;
    this.host = host;
    this.now = host.behind(path);
  }

  /**
   * Reads a file.
   *
   * @param path as the task gives it
   * @param create whether the directories above it may be made
   * @throws ModuleException if it is a directory or too long, or may not be read
   */
  public static TextEdit of(
      String path,
      FileCommon common,
      boolean backup,
      boolean create,
      Optional<String> validate,
      Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    FileInstall.Manner manner =
        new FileInstall.Manner(
            backup, true, validate, true, create, Optional.empty(), common.unsafeWrites());
    String asked = HostPath.through(target.foreseen(), HostPath.on(target, "path", path), true);
    Attributes attributes = common.attributes(target);
    FileQuery query = install(asked, attributes, manner, "").ask(new FileQuery(), target);
    query.content(LIMIT);
    TextEdit edit = new TextEdit(asked, attributes, manner, target, query, query.ask(target));
    edit.refuse(path);
    return edit;
  }

  private void refuse(String written) throws ModuleException {
    if (now.isDirectory()) {
      throw new ModuleException(
          "Path " + written + " is a directory !", MapValue.empty().put("rc", Value.of(256)));
    }
    if (now.state().kind() == Kind.OTHER) {
      throw new ModuleException(written + " is a device, FIFO or socket");
    }
    if (now.isFile() && now.state().size() > LIMIT) {
      throw new ModuleException(
          written
              + " is longer than "
              + (LIMIT >> 20)
              + " MiB: change it with command, and sed or the program whose file it is");
    }
    if (now.isFile() && now.state().sha256().isEmpty()) {
      throw new ModuleException(
          "Unable to read the contents of " + written + ": Permission denied (is become missing?)");
    }
  }

  /** Whether there is a file. */
  public boolean exists() {
    return now.exists();
  }

  /** Whether a check foresees a file whose content only a real run could know. */
  public boolean isUnknown() {
    return now.isFile() && host.bytes(host.real(path)).isEmpty();
  }

  /** What a check says of such a file. */
  public Plan unknown() {
    return new Plan.Unknown(
        "would edit " + path + ", whose content an earlier task would have changed",
        MapValue.empty());
  }

  /** The bytes of the file, each as one char (ISO-8859-1); none where there is no file. */
  public String bytes() {
    return host.bytes(host.real(path)).orElse("");
  }

  /** A text as the bytes of its UTF-8, each as one char (ISO-8859-1). */
  public static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static FileInstall install(
      String path, Attributes attributes, FileInstall.Manner manner, String bytes) {
    FileContent content =
        FileContent.of(
            bytes.getBytes(StandardCharsets.ISO_8859_1),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new FileInstall(new Destination(path, false), content, attributes, manner);
  }

  /**
   * What would have to change for the file to hold these bytes.
   *
   * @param bytes each as one char (ISO-8859-1)
   * @param message what the edit did, empty where it did nothing
   */
  public Plan plan(String bytes, String message) throws ModuleException {
    Plan plan = install(path, attributes, manner, bytes).decide(host, query, target);
    MapValue result = MapValue.empty();
    boolean differs = !bytes.equals(bytes()) || !now.exists();
    String said = differs ? message : "";
    List<FieldDiff> changed = new ArrayList<>();
    if (plan instanceof Plan.Change change) {
      change.diffs().stream().filter(TextEdit::isAttribute).forEach(changed::add);
    }
    if (!changed.isEmpty()) {
      said += (said.isEmpty() ? "" : " and ") + ATTRIBUTES;
    }
    result.put("msg", Value.of(said));
    if (plan instanceof Plan.Change change) {
      result.put("diff", diff(change, bytes, changed));
      return new Plan.Change(change.diffs(), change.state(), result, change.effects());
    }
    return Plan.unchanged(result);
  }

  private static boolean isAttribute(FieldDiff diff) {
    return !diff.field().equals("content") && !diff.field().equals("state");
  }

  private ListValue diff(Plan.Change change, String bytes, List<FieldDiff> attributesChanged) {
    List<Value> diffs = new ArrayList<>();
    Optional<String> before = text(bytes());
    Optional<String> after = text(bytes);
    boolean content = change.diffs().stream().anyMatch(d -> d.field().equals("content"));
    if (content && before.isPresent() && after.isPresent()) {
      diffs.add(TextDiffs.of(path + " (content)", before.get(), after.get()));
    }
    MapValue first = MapValue.empty();
    MapValue second = MapValue.empty();
    for (FieldDiff diff : attributesChanged) {
      first.put(diff.field(), Value.of(diff.before()));
      second.put(diff.field(), Value.of(diff.after()));
    }
    Value header = Value.of(path + " (file attributes)");
    diffs.add(
        MapValue.empty()
            .put("before_header", header)
            .put("before", first)
            .put("after_header", header)
            .put("after", second));
    return ListValue.of(diffs);
  }

  private static Optional<String> text(String bytes) {
    return FileContent.text(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Makes the planned change and proves it.
   *
   * @param backupKey where the result names the backup
   */
  public static Applied apply(Plan.Pending plan, Target target, String backupKey)
      throws ModuleException, UnreachableException, InterruptedException {
    if (!(plan instanceof Plan.Change change)) {
      throw new ModuleException("the file became longer while it was looked at");
    }
    Applied applied = FileInstall.apply(change, target);
    MapValue result = MapValue.empty();
    result.entries().putAll(change.result().entries());
    Value backup = applied.result().get("backup_file");
    if (backup != null) {
      result.put(backupKey, backup);
    }
    return Applied.verified(result, applied.after().orElseThrow());
  }
}
