package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads host names as inventories write them: with ranges, with a port, IPv6 in brackets. */
final class HostNames {
  private static final Pattern BRACKETED_PORT = Pattern.compile("\\[(.+)]:([0-9]+)");
  private static final Pattern PORT = Pattern.compile("((?:[^:\\[\\]]|\\[[^\\]]*])+):([0-9]+)");
  private static final Pattern ADDRESS = Pattern.compile("[0-9]+(?:\\.[0-9]+){3}|.*:.*:.*");

  private final InventoryBuilder builder;
  private final Source source;

  HostNames(InventoryBuilder builder, Source source) {
    this.builder = builder;
    this.source = source;
  }

  /**
   * Adds the hosts that a name stands for.
   *
   * @param group where to add them, besides all
   * @return their names; empty where the name is wrong, which is reported
   */
  List<String> add(String written, Position position, Optional<String> group) {
    String name = written;
    Optional<String> port = Optional.empty();
    Matcher bracketed = BRACKETED_PORT.matcher(written);
    Matcher plain = PORT.matcher(written);
    Matcher matched = bracketed.matches() ? bracketed : plain.matches() ? plain : null;
    if (matched != null) {
      name = matched.group(1);
      port = Optional.of(matched.group(2));
    }
    Optional<String> mistake = mistake(name);
    if (mistake.isPresent()) {
      builder.problems.add(
          Diagnostic.error(position, "'" + written + "' is no host name: " + mistake.get()));
      return List.of();
    }
    List<String> names;
    try {
      names = HostRange.expand(name);
    } catch (IllegalArgumentException e) {
      builder.problems.add(
          Diagnostic.error(position, "the range in '" + written + "' is wrong: " + e.getMessage())
              .withHint("ranges are written as [1:9], [01:09], [0:8:2] or [a:f]"));
      return List.of();
    }
    for (String each : names) {
      builder.host(each, Optional.of(position));
      group.ifPresent(g -> builder.addHost(g, each));
      port.ifPresent(p -> builder.defineForHost(each, source, "ansible_port", number(p, position)));
    }
    return names;
  }

  /** The name up to its first dot; an address is its own short name. */
  static String shortName(String name) {
    int dot = name.indexOf('.');
    return dot <= 0 || ADDRESS.matcher(name).matches() ? name : name.substring(0, dot);
  }

  private static Optional<String> mistake(String name) {
    if (name.isBlank()) {
      return Optional.of("it is empty");
    } else if (name.chars().anyMatch(Character::isWhitespace)) {
      return Optional.of("it has a space in it");
    } else if (name.endsWith(":")) {
      return Optional.of("it ends with a ':'");
    } else if (name.contains("{{")) {
      return Optional.of("templates cannot name hosts");
    }
    return Optional.empty();
  }

  private static Node number(String digits, Position position) {
    return new ScalarNode(
        position,
        digits,
        new IntValue(new BigInteger(digits)),
        ScalarNode.Style.PLAIN,
        "",
        (offset, length) -> position);
  }
}
