package dev.molt.runner.module.builtin.file;

import dev.molt.dsl.template.library.PythonRegex;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.FileContent;
import dev.molt.runner.module.files.HostPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What becomes of fragments: one after the other in the order of their names, each ended by a line
 * feed before another follows. Contents are bytes, each as one char (ISO-8859-1).
 *
 * @param delimiter between fragments, on a line of its own, as written
 * @param regex what is to be found in a fragment's name
 */
record Fragments(Optional<String> delimiter, Optional<PythonRegex> regex, boolean ignoreHidden) {
  private static final byte[] VAULT = "$ANSIBLE_VAULT;".getBytes(StandardCharsets.US_ASCII);

  /**
   * The whole.
   *
   * @param contents by path, in their order
   */
  FileContent of(Map<String, String> contents) throws ModuleException {
    String between = delimiter.isPresent() ? EscapedBytes.read(delimiter.get()) : "";
    StringBuilder all = new StringBuilder();
    boolean first = true;
    boolean ended = true;
    for (Map.Entry<String, String> fragment : contents.entrySet()) {
      if (!isWanted(HostPath.name(fragment.getKey()))) {
        continue;
      }
      all.append(ended ? "" : "\n");
      if (!first && !between.isEmpty()) {
        all.append(between).append(between.endsWith("\n") ? "" : "\n");
      }
      all.append(fragment.getValue());
      first = false;
      ended = fragment.getValue().endsWith("\n");
    }
    return FileContent.of(
        all.toString().getBytes(StandardCharsets.ISO_8859_1),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private boolean isWanted(String name) {
    return !(ignoreHidden && name.startsWith("."))
        && (regex.isEmpty() || regex.get().matcher(name).find());
  }

  /** The same of a directory of the playbook's. */
  FileContent ofController(AssembleModule.Options options, Target target) throws ModuleException {
    Path directory = target.find("files", options.src());
    if (!Files.isDirectory(directory)) {
      throw new ModuleException("Source (" + directory + ") is not a directory");
    }
    Map<String, String> contents =
        new TreeMap<>(
            (a, b) ->
                Arrays.compareUnsigned(
                    a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
    boolean secret = false;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        byte[] bytes = Files.readAllBytes(file);
        if (options.decrypt() && isVault(bytes)) {
          bytes = target.decrypt(file, bytes);
          secret = true;
        }
        contents.put(file.toString(), new String(bytes, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new ModuleException(
          "cannot read " + directory + " on the controller: " + e.getMessage(), e);
    }
    FileContent content = of(contents);
    return secret ? content.asSecret() : content;
  }

  private static boolean isVault(byte[] bytes) {
    return bytes.length >= VAULT.length
        && Arrays.equals(bytes, 0, VAULT.length, VAULT, 0, VAULT.length);
  }
}
