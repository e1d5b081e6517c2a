package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What becomes of names of groups that could not be names of variables, such as {@code web-eu}. Not
 * thread-safe.
 */
public final class GroupNames {
  /** The choices of Ansible's {@code TRANSFORM_INVALID_GROUP_CHARS}. */
  public enum Policy {
    /** {@code never}: kept, with a warning. */
    WARN,
    /** {@code ignore}: kept. */
    KEEP,
    /** {@code always}: replaced, with a warning. */
    REPLACE_AND_WARN,
    /** {@code silently}: replaced. */
    REPLACE
  }

  private static final Pattern INVALID =
      Pattern.compile("^[\\d\\W]|[^\\w]", Pattern.UNICODE_CHARACTER_CLASS);

  private final Policy policy;
  private final Map<String, Optional<Position>> invalid = new LinkedHashMap<>();

  GroupNames(Policy policy) {
    this.policy = policy;
  }

  /** The same policy; what was met before is not warned of again. */
  GroupNames(GroupNames other) {
    this(other.policy);
  }

  /** The name with an underscore for each character that a variable could not have. */
  static String replaced(String name) {
    return isPlain(name) ? name : INVALID.matcher(name).replaceAll("_");
  }

  /** Quick for what nearly all names are. */
  private static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  /** The name that a group gets. */
  String used(String name, Optional<Position> position) {
    if (isPlain(name) || !INVALID.matcher(name).find()) {
      return name;
    }
    invalid.putIfAbsent(name, position);
    return policy == Policy.REPLACE || policy == Policy.REPLACE_AND_WARN ? replaced(name) : name;
  }

  /** One warning for all names; tools know it by how it begins. */
  Optional<Diagnostic> warning() {
    boolean kept = policy == Policy.WARN;
    if (invalid.isEmpty() || (!kept && policy != Policy.REPLACE_AND_WARN)) {
      return Optional.empty();
    }
    String message =
        "Invalid characters were found in group names "
            + (kept ? "but not replaced: " : "and automatically replaced: ")
            + String.join(", ", invalid.keySet());
    Optional<Position> at = invalid.values().stream().flatMap(Optional::stream).findFirst();
    Diagnostic warning =
        at.map(p -> Diagnostic.warning(p, message)).orElseGet(() -> Diagnostic.warning(message));
    return Optional.of(
        warning.withHint("a name of letters, digits and underscores can be used everywhere"));
  }
}
