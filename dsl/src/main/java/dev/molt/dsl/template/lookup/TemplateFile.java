package dev.molt.dsl.template.lookup;

import dev.molt.dsl.source.Source;
import dev.molt.dsl.template.TemplateLoader;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vault.VaultSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a template file sees besides the variables: facts about itself, and other templates. */
public final class TemplateFile {
  private static final String MANAGED = "Ansible managed";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private TemplateFile() {}

  /**
   * The variables {@code template_path} and its like, and {@code ansible_managed}.
   *
   * @param written the name as the task gives it
   * @param file what that name has led to
   */
  public static Map<String, Value> variables(String written, Path file) {
    Map<String, Value> out = new LinkedHashMap<>();
    Path whole = file.toAbsolutePath().normalize();
    out.put("template_host", new StrValue(host()));
    out.put("template_path", new StrValue(written));
    out.put("template_fullpath", new StrValue(whole.toString()));
    out.put(
        "template_run_date", new StrValue(TIME.format(LocalDateTime.now(ZoneId.systemDefault()))));
    try {
      out.put("template_uid", new StrValue(Files.getOwner(whole).getName()));
      out.put(
          "template_mtime",
          new StrValue(
              TIME.format(
                  LocalDateTime.ofInstant(
                      Files.getLastModifiedTime(whole, LinkOption.NOFOLLOW_LINKS).toInstant(),
                      ZoneId.systemDefault()))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.put("template_destpath", NullValue.NULL);
    out.put("ansible_managed", new StrValue(MANAGED));
    return out;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /**
   * Finds the templates that a file includes: beside it, then on the search path.
   *
   * @param vault opens those that are encrypted
   */
  public static TemplateLoader loader(Path file, SearchPath path, VaultSecrets vault) {
    return name -> {
      Path beside = file.toAbsolutePath().resolveSibling(name).normalize();
      List<Path> found =
          Files.isRegularFile(beside) ? List.of(beside) : path.all("templates", name);
      return found.stream().filter(Files::isRegularFile).findFirst().map(p -> read(p, vault));
    };
  }

  private static Source read(Path file, VaultSecrets vault) {
    try {
      return vault.file(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
