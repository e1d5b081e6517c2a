package dev.molt.runner.cli;

import dev.molt.dsl.source.DiagnosticException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The texts that {@code molt vault encrypt_string} is to encrypt, and how they are printed. */
final class VaultStrings {
  private static final int INDENT = 10;
  private static final String STDIN = "-";

  /**
   * One text.
   *
   * @param name of the variable that is to hold it
   * @param from where it came from, for people
   */
  record Item(Optional<String> name, String text, String from) {
    /** As it stands in YAML. */
    String yaml(String encrypted) {
      StringBuilder out = new StringBuilder(name.map(n -> n + ": ").orElse(""));
      out.append("!vault |");
      encrypted.lines().forEach(l -> out.append('\n').append(" ".repeat(INDENT)).append(l));
      return out.toString();
    }

    /** Tells it from others, on standard error. */
    String comment(int number) {
      return name.map(
              n ->
                  "# The encrypted version of variable (\"%s\", the string #%d from %s)."
                      .formatted(n, number, from))
          .orElse("# The encrypted version of the string #%d from %s.".formatted(number, from));
    }
  }

  private final GivenWords given;
  private final Consumer<String> notes;

  /**
   * @param notes is told what the user should know
   */
  VaultStrings(GivenWords given, Consumer<String> notes) {
    this.given = given;
    this.notes = notes;
  }

  /** Refuses what contradicts itself, before a password is asked for. */
  void check() {
    if (given.has("--prompt") && namesInput()) {
      throw VaultUsage.wrong(
          "The --prompt option is not supported if also reading input from stdin");
    }
  }

  private boolean namesInput() {
    return given.others().contains(STDIN) || given.has("--stdin-name");
  }

  /**
   * All texts, in Ansible's order: asked for, read, from the command line.
   *
   * @throws DiagnosticException where one of them is empty
   */
  List<Item> items(Asker asker, InputStream in) {
    List<Item> items = new ArrayList<>();
    if (given.has("--prompt")) {
      items.add(asked(asker));
    } else if (given.others().isEmpty() || namesInput()) {
      items.add(item(given.last("--stdin-name"), text(in), "stdin", "stdin was"));
    }
    List<String> words = given.others().stream().filter(w -> !w.equals(STDIN)).toList();
    List<String> names = given.all("--name");
    if (!names.isEmpty() && words.size() > names.size()) {
      notes.accept(
          "The number of --name options do not match the number of args.\n"
              + "The last named variable will be \""
              + names.get(names.size() - 1)
              + "\". The rest will not have names.");
    }
    for (int i = 0; i < words.size(); i++) {
      Optional<String> name = i < names.size() ? Optional.of(names.get(i)) : Optional.empty();
      items.add(
          item(
              name,
              words.get(i),
              "the command line args",
              "The plaintext provided from the command line args was"));
    }
    return items;
  }

  private Item asked(Asker asker) {
    Optional<String> name =
        given.others().isEmpty() && given.has("--name")
            ? given.last("--name")
            : asker
                .ask("Variable name (enter for no name): ", false)
                .map(String::strip)
                .filter(n -> !n.isEmpty());
    boolean hidden = !given.has("--show-input");
    String question = hidden ? "String to encrypt (hidden): " : "String to encrypt: ";
    String text = asker.ask(question, hidden).orElse("");
    return item(name, text, "the interactive prompt", "The plaintext provided from the prompt was");
  }

  private static Item item(Optional<String> name, String text, String from, String subject) {
    if (text.isEmpty()) {
      throw VaultUsage.wrong(subject + " empty, not encrypting");
    }
    return new Item(name, text, from);
  }

  private static String text(InputStream in) {
    try {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw VaultUsage.wrong("cannot read standard input: " + e.getMessage());
    }
  }
}
