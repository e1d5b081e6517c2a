package dev.molt.runner.module.builtin.file;

import dev.molt.dsl.template.library.PythonRegex;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.builtin.file.FindModule.FileType;
import dev.molt.runner.module.files.FileQuery;
import dev.molt.runner.module.files.HostFile;
import dev.molt.runner.module.files.HostFiles;
import dev.molt.runner.module.files.HostPath;
import dev.molt.runner.remote.UnreachableException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a path has the properties that find is asked for. */
final class FileFilter {
  /** What is longer is not read for {@code contains}. */
  static final int LIMIT = 40 << 20;

  private static final Map<String, Long> SECONDS =
      Map.of("s", 1L, "m", 60L, "h", 3600L, "d", 86_400L, "w", 604_800L);
  private static final Map<String, Long> BYTES =
      Map.of("b", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30, "t", 1L << 40);

  private final FindModule.Options options;
  private final NamePatterns names;
  private final Optional<Long> age;
  private final Optional<Long> size;

  /** The files below a path cannot be told apart by their content. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  FileFilter(FindModule.Options options) throws ModuleException {
    this.options = options;
    this.names = new NamePatterns(options.patterns(), options.excludes(), options.useRegex());
    this.age = number("age", options.age(), SECONDS);
    this.size = number("size", options.size(), BYTES);
  }

  private static Optional<Long> number(
      String option, Optional<String> text, Map<String, Long> units) throws ModuleException {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String letters = String.join("", units.keySet());
    Matcher matcher =
        Pattern.compile("(-?[0-9]{1,15})([" + letters + "]?)")
            .matcher(text.get().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new ModuleException(
          "failed to process " + option, MapValue.empty().put(option, Value.of(text.get())));
    }
    return Optional.of(Long.parseLong(matcher.group(1)) * units.getOrDefault(matcher.group(2), 1L));
  }

  /** Whether a path fits, but for what it contains. */
  boolean fits(String path, HostFile file, HostFiles host) throws ModuleException {
    String name = HostPath.name(path);
    return file.exists()
        && (options.hidden() || !name.startsWith("."))
        && isOfType(file)
        && names.matches(name)
        && isOfAge(file, host.now())
        && isOfSize(file)
        && isOfMode(file);
  }

  /** Whether it matters what a file contains. */
  boolean needsContent() {
    return options.contains().isPresent() && options.fileType() == FileType.FILE;
  }

  private boolean isOfType(HostFile file) {
    return switch (options.fileType()) {
      case ANY -> true;
      case DIRECTORY -> file.isDirectory();
      case LINK -> file.isLink();
      case FILE -> file.isFile();
    };
  }

  private boolean isOfAge(HostFile file, double now) {
    if (age.isEmpty()) {
      return true;
    }
    String stamp =
        switch (options.ageStamp()) {
          case MTIME -> file.times().modification();
          case ATIME -> file.times().access();
          case CTIME -> file.times().change();
        };
    double old = now - Double.parseDouble(stamp);
    return age.get() >= 0 ? old >= age.get() : old <= -age.get();
  }

  private boolean isOfSize(HostFile file) {
    if (size.isEmpty() || file.state().kind() != Kind.FILE) {
      return true;
    }
    long length = file.state().size();
    return size.get() >= 0 ? length >= size.get() : length <= -size.get();
  }

  private boolean isOfMode(HostFile file) {
    if (options.mode().isEmpty()) {
      return true;
    }
    int wanted = options.mode().get().apply(0, false, 0);
    return options.exactMode() ? file.mode() == wanted : (file.mode() & wanted) != 0;
  }

  /**
   * Whether files contain what they are to.
   *
   * @param paths few enough for one answer: {@link #LIMIT} bytes in all, or a single one
   * @return those that do, in their order
   */
  List<String> containing(List<String> paths, Target target)
      throws Unreadable, ModuleException, UnreachableException, InterruptedException {
    FileQuery query = new FileQuery().digests("sha256").content(LIMIT);
    paths.forEach(query::named);
    HostFiles host = query.ask(target);
    List<String> hits = new ArrayList<>();
    for (String path : paths) {
      if (contains(path, host)) {
        hits.add(path);
      }
    }
    return hits;
  }

  private boolean contains(String path, HostFiles host) throws Unreadable, ModuleException {
    Optional<String> bytes = host.bytes(path);
    if (bytes.isEmpty()) {
      if (host.at(path).state().size() > LIMIT) {
        throw new ModuleException(
            path + " is longer than " + (LIMIT >> 20) + " MiB: contains does not read it");
      }
      return false;
    }
    String text = decode(bytes.get(), path);
    try {
      PythonRegex regex = PythonRegex.compile(options.contains().get(), 0, text);
      return options.readWholeFile() ? regex.matcher(text).find() : anyLine(regex, text);
    } catch (ValueException e) {
      throw new ModuleException("contains: " + e.getMessage());
    }
  }

  private static boolean anyLine(PythonRegex regex, String text) {
    int from = 0;
    while (from < text.length()) {
      int feed = text.indexOf('\n', from);
      int to = feed < 0 ? text.length() : feed + 1;
      if (regex.matcher(text.substring(from, to)).lookingAt()) {
        return true;
      }
      from = to;
    }
    return false;
  }

  /** As Python opens a text: strictly, and with all ends of lines as line feeds. */
  private String decode(String bytes, String path) throws Unreadable {
    Charset charset;
    try {
      charset = options.encoding().map(Charset::forName).orElse(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Unreadable("unknown encoding: " + options.encoding().orElse(""));
    }
    try {
      return charset
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
          .toString()
          .replace("\r\n", "\n")
          .replace('\r', '\n');
    } catch (CharacterCodingException e) {
      String encoding =
          options
              .encoding()
              .orElse("None (default determined by the Python built-in function \"open\")");
      throw new Unreadable(
          "Failed to read the file "
              + path
              + " due to an encoding error. current encoding: "
              + encoding);
    }
  }
}
