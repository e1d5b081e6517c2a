package dev.molt.dsl.template.library;

import dev.molt.dsl.value.ValueException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions in order: loosely by their numbers and letters, or strictly, or by semver. */
final class Versions {
  private static final Pattern PART = Pattern.compile("[0-9]+|[a-z]+|[^0-9a-z.\\s]+");
  private static final Pattern STRICT =
      Pattern.compile("[0-9]{1,9}\\.[0-9]{1,9}(\\.[0-9]{1,9})?([ab][0-9]{1,9})?");
  private static final Pattern SEMVER =
      Pattern.compile(
          "(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)"
              + "(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");

  private Versions() {}

  static boolean compare(String a, String b, String operator, Boolean strict, String type) {
    if (a.isEmpty()) {
      throw new ValueException("Input version value cannot be empty");
    } else if (b.isEmpty()) {
      throw new ValueException("Version parameter to compare against cannot be empty");
    } else if (strict != null && type != null) {
      throw new ValueException("strict and version_type cannot both be given");
    }
    String kind = type != null ? type : Boolean.TRUE.equals(strict) ? "strict" : "loose";
    int order =
        switch (kind) {
          case "semver", "semantic" -> semver(a, b);
          case "strict" -> {
            for (String version : new String[] {a, b}) {
              if (!STRICT.matcher(version).matches()) {
                throw new ValueException("'" + version + "' is not a strict version");
              }
            }
            yield loose(release(a), release(b));
          }
          case "pep440" -> Pep440.compare(a, b);
          case "loose" -> loose(a, b);
          default -> throw new ValueException("there is no version type '" + kind + "'");
        };
    return switch (operator) {
      case "==", "=", "eq" -> order == 0;
      case "!=", "<>", "ne" -> order != 0;
      case "<", "lt" -> order < 0;
      case "<=", "le" -> order <= 0;
      case ">", "gt" -> order > 0;
      case ">=", "ge" -> order >= 0;
      default ->
          throw new ValueException(
              "the operator is one of ==, !=, <, <=, >, >=, not '" + operator + "'");
    };
  }

  /** A final release follows its alphas and betas. */
  private static String release(String version) {
    String full =
        version.matches("[0-9]+\\.[0-9]+([ab].*)?")
            ? version.replaceFirst("([0-9]+\\.[0-9]+)", "$1.0")
            : version;
    return full.matches(".*[ab].*") ? full : full + "z0";
  }

  private static int loose(String a, String b) {
    List<String> x = parts(a);
    List<String> y = parts(b);
    for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
      boolean numbers = Character.isDigit(x.get(i).charAt(0));
      if (numbers != Character.isDigit(y.get(i).charAt(0))) {
        throw new ValueException(
            "the versions '"
                + a
                + "' and '"
                + b
                + "' cannot be compared: a number stands where"
                + " the other has letters",
            "try version_type='semver'");
      }
      int order =
          numbers
              ? new BigInteger(x.get(i)).compareTo(new BigInteger(y.get(i)))
              : x.get(i).compareTo(y.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(x.size(), y.size());
  }

  private static List<String> parts(String version) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(version);
    while (matcher.find()) {
      parts.add(matcher.group());
    }
    return parts;
  }

  private static int semver(String a, String b) {
    Matcher x = matched(a);
    Matcher y = matched(b);
    for (int i = 1; i <= 3; i++) {
      int order = new BigInteger(x.group(i)).compareTo(new BigInteger(y.group(i)));
      if (order != 0) {
        return order;
      }
    }
    if (x.group(4) == null || y.group(4) == null) {
      return Boolean.compare(x.group(4) == null, y.group(4) == null);
    }
    String[] p = x.group(4).split("\\.");
    String[] q = y.group(4).split("\\.");
    for (int i = 0; i < Math.min(p.length, q.length); i++) {
      boolean pn = p[i].matches("[0-9]+");
      boolean qn = q[i].matches("[0-9]+");
      int order =
          pn && qn
              ? new BigInteger(p[i]).compareTo(new BigInteger(q[i]))
              : pn != qn ? (pn ? -1 : 1) : p[i].compareTo(q[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(p.length, q.length);
  }

  private static Matcher matched(String version) {
    Matcher matcher = SEMVER.matcher(version);
    if (!matcher.matches()) {
      throw new ValueException("'" + version + "' is not a semantic version");
    }
    return matcher;
  }
}
