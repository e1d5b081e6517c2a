package dev.molt.runner.module.builtin.web;

import dev.molt.runner.module.ModuleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a file must digest to.
 *
 * @param algorithm such as {@code sha256}
 * @param value in lower-case hex, or the address of a list of such
 */
record Checksum(String algorithm, String value) {
  private static final Set<String> ALGORITHMS =
      Set.of("md5", "sha1", "sha224", "sha256", "sha384", "sha512");

  /**
   * Reads {@code ALGORITHM:VALUE}.
   *
   * @throws ModuleException if it is not that
   */
  static Checksum parse(String text) throws ModuleException {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new ModuleException(
          "The checksum parameter has to be in format <algorithm>:<checksum>");
    }
    String algorithm = text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    if (!ALGORITHMS.contains(algorithm)) {
      throw new ModuleException(
          "checksum names the algorithm '"
              + algorithm
              + "'; there are md5, sha1, sha224, sha256, sha384 and sha512");
    }
    Checksum checksum = new Checksum(algorithm, text.substring(colon + 1).strip());
    return checksum.isListed() ? checksum : checksum.of(checksum.value);
  }

  /** Whether the value stands in a list elsewhere. */
  boolean isListed() {
    return Set.of("http", "https", "ftp", "file").contains(Urls.scheme(value));
  }

  private Checksum of(String hex) throws ModuleException {
    // Whatever else came along when it was copied, such as a space of no width.
    String digits = hex.replaceAll("\\W+", "").toLowerCase(Locale.ROOT);
    if (!digits.matches("[0-9a-f]+")) {
      throw new ModuleException("The checksum format is invalid");
    }
    return new Checksum(algorithm, digits);
  }

  /**
   * Takes the value out of its list, such as sha256sum writes it.
   *
   * @throws ModuleException if the list does not name the file
   */
  Checksum in(String list, String fileName) throws ModuleException {
    List<String> lines = list.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    if (lines.size() == 1 && !lines.get(0).contains(" ")) {
      return of(lines.get(0));
    }
    Optional<String> found =
        lines.stream()
            .map(line -> line.split(" ", 2))
            .filter(parts -> parts.length == 2)
            .filter(parts -> name(parts[1]).equals(fileName))
            .map(parts -> parts[0])
            .findFirst();
    if (found.isEmpty()) {
      throw new ModuleException(
          "Unable to find a checksum for file '" + fileName + "' in '" + value + "'");
    }
    return of(found.get());
  }

  /** Behind a mark for text or binary, and without a leading {@code ./}. */
  private static String name(String text) {
    return text.replaceFirst("^[ *]", "").strip().replaceFirst("^[./]+", "");
  }
}
