package dev.molt.dsl.template.library;

import dev.molt.dsl.value.ValueException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions in the order that PEP 440 gives them. */
final class Pep440 {
  private static final Pattern VERSION =
      Pattern.compile(
          "v?(?:([0-9]+)!)?([0-9]+(?:\\.[0-9]+)*)"
              + "(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?([0-9]*))?"
              + "(?:-([0-9]+)|[-_.]?(post|rev|r)[-_.]?([0-9]*))?"
              + "(?:[-_.]?(dev)[-_.]?([0-9]*))?(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?");

  private Pep440() {}

  static int compare(String a, String b) {
    List<BigInteger> x = key(a);
    List<BigInteger> y = key(b);
    for (int i = 0; i < Math.max(x.size(), y.size()); i++) {
      BigInteger p = i < x.size() ? x.get(i) : BigInteger.ZERO;
      BigInteger q = i < y.size() ? y.get(i) : BigInteger.ZERO;
      if (!p.equals(q)) {
        return p.compareTo(q);
      }
    }
    return 0;
  }

  /** Numbers that are in order where the versions are: epoch, release, what precedes or follows. */
  private static List<BigInteger> key(String version) {
    Matcher m = VERSION.matcher(version.strip().toLowerCase(Locale.ROOT));
    if (!m.matches()) {
      throw new ValueException("Invalid version: '" + version + "'");
    }
    List<BigInteger> key = new ArrayList<>(List.of(number(m.group(1))));
    String[] release = m.group(2).split("\\.");
    if (release.length > 20) {
      throw new ValueException("the version '" + version + "' has too many parts");
    }
    for (int i = 0; i < 20; i++) {
      key.add(i < release.length ? number(release[i]) : BigInteger.ZERO);
    }
    boolean post = m.group(5) != null || m.group(6) != null;
    boolean dev = m.group(8) != null;
    String pre = m.group(3);
    int stage = pre == null ? 3 : pre.startsWith("a") ? 0 : pre.startsWith("b") ? 1 : 2;
    // A development release of the release itself comes before its first alpha.
    key.add(BigInteger.valueOf(pre == null && dev && !post ? -1 : stage));
    key.add(number(m.group(4)));
    key.add(BigInteger.valueOf(post ? 1 : 0));
    key.add(number(m.group(5) != null ? m.group(5) : m.group(7)));
    key.add(BigInteger.valueOf(dev ? 0 : 1));
    key.add(number(m.group(9)));
    for (String part : m.group(10) == null ? new String[0] : m.group(10).split("[-_.]")) {
      boolean digits = part.matches("[0-9]+");
      // Words come before numbers, and both after nothing.
      key.add(BigInteger.valueOf(digits ? 2 : 1));
      key.add(digits ? number(part) : new BigInteger(part, 36));
    }
    return key;
  }

  private static BigInteger number(String digits) {
    return digits == null || digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
  }
}
