package dev.molt.runner.module.builtin.facts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What a host said, in sections with names. A section's text has neither the line break before the
 * next section nor anything that depends on how the host ends its files.
 */
final class Reply {
  private final Map<String, String> sections = new LinkedHashMap<>();

  /**
   * Parts the output of a script that {@link FactScript} made.
   *
   * @param mark what stands before a section's name, and nowhere else
   */
  static Reply parse(byte[] output, String mark) {
    Reply reply = new Reply();
    String text = "\n" + new String(output, StandardCharsets.UTF_8);
    String border = "\n" + mark;
    int at = text.indexOf(border);
    while (at >= 0) {
      int next = text.indexOf(border, at + border.length());
      String section = text.substring(at + border.length(), next < 0 ? text.length() : next);
      int nameEnd = section.indexOf('\n');
      if (nameEnd >= 0) {
        reply.sections.put(section.substring(0, nameEnd), section.substring(nameEnd + 1));
      }
      at = next;
    }
    return reply;
  }

  /** A section as it was printed; empty text where there is none. */
  String raw(String name) {
    return sections.getOrDefault(name, "");
  }

  /** A section without white space around it; empty text where there is none. */
  String text(String name) {
    return raw(name).strip();
  }

  boolean has(String name) {
    return sections.containsKey(name);
  }

  /** The text of a section, where it has any. */
  Optional<String> find(String name) {
    return Optional.of(text(name)).filter(t -> !t.isEmpty());
  }

  /** The lines of a section that are not blank. */
  List<String> lines(String name) {
    return raw(name).lines().filter(line -> !line.isBlank()).toList();
  }

  /** Passes on the rest of the name, and the text, of every section that begins so, in order. */
  void each(String prefix, BiConsumer<String, String> reader) {
    sections.forEach(
        (name, text) -> {
          if (name.startsWith(prefix)) {
            reader.accept(name.substring(prefix.length()), text);
          }
        });
  }

  /** The lines of a section that hold a separator: what is after it, by what is before it. */
  Map<String, String> pairs(String name, String separator) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String line : lines(name)) {
      int at = line.indexOf(separator);
      if (at > 0) {
        pairs.putIfAbsent(
            line.substring(0, at).strip(), line.substring(at + separator.length()).strip());
      }
    }
    return pairs;
  }

  /** What {@code grep . FILE...} printed: texts by path, of which none holds a colon. */
  Map<String, String> files(String name) {
    Map<String, String> files = new LinkedHashMap<>();
    for (String line : lines(name)) {
      int colon = line.indexOf(':');
      if (line.startsWith("/") && colon > 0) {
        files.merge(line.substring(0, colon), line.substring(colon + 1), (a, b) -> a + "\n" + b);
      }
    }
    return files;
  }

  /** What {@code ls -l} printed of links: where they lead, by path. */
  Map<String, String> links(String name) {
    Map<String, String> links = new LinkedHashMap<>();
    String directory = "";
    for (String line : lines(name)) {
      int arrow = line.indexOf(" -> ");
      if (line.startsWith("/") && line.endsWith(":") && arrow < 0) {
        directory = line.substring(0, line.length() - 1) + "/";
      } else if (line.startsWith("l") && arrow > 0) {
        String link = line.substring(line.lastIndexOf(' ', arrow - 1) + 1, arrow);
        links.put(link.startsWith("/") ? link : directory + link, line.substring(arrow + 4));
      }
    }
    return links;
  }

  /** The words of a section. */
  List<String> words(String name) {
    List<String> words = new ArrayList<>();
    for (String word : text(name).split("\\s+")) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }
}
