package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.settings.LanguageSettings;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.template.lookup.SearchPath;
import dev.molt.dsl.template.lookup.TemplateFile;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a task knows on this side: its variables, its templates, its playbook's folder.
 *
 * @param inventoryHost the host that the task is for, whichever it works on
 */
record TaskController(
    PlayContext play, Frame frame, Task task, String inventoryHost, Variables variables)
    implements HostTarget.Controller {
  private static final String MANAGED = "ansible_managed";

  @Override
  public Path local(String path) {
    boolean home = path.equals("~") || path.startsWith("~/");
    String full = home ? System.getProperty("user.home") + path.substring(1) : path;
    return play.directory().toAbsolutePath().resolve(full);
  }

  @Override
  public String render(Template template) throws ModuleException {
    VaultSecrets vault = play.run().templar().vault();
    Path file = template.file();
    try {
      Source source = vault.file(file);
      Map<String, Value> about = TemplateFile.variables(template.name(), file);
      about.put("template_destpath", new StrValue(template.dest()));
      about.remove(MANAGED);
      Variables scope = variables.with(Layer.ofValues("template", about));
      scope = scope.with(Layer.ofNodes("settings", Map.of(MANAGED, managed(file, scope))));
      SearchPath path = SearchPath.of(SearchFolders.of(play, frame));
      return play.run()
          .templar()
          .engine()
          .renderText(
              source.text(),
              TextOrigin.of(source),
              scope,
              template.options().withLoader(TemplateFile.loader(file, path, vault)));
    } catch (IOException e) {
      throw new ModuleException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * The setting, in which Python's format and then strftime are to fill in things; what comes of
   * them is a template, in which no name of a file is read.
   */
  private Node managed(Path file, Variables scope) throws IOException {
    String written = play.run().options().settings().get(LanguageSettings.ANSIBLE_MANAGED);
    Position position = Source.inline(MANAGED, written).at(0, 1);
    if (written.indexOf('{') < 0 && written.indexOf('%') < 0) {
      return ScalarNode.made(position, written);
    }
    String format =
        written
            .replace("{host}", "{{{{ template_host }}}}")
            .replace("{uid}", "{{{{ template_uid }}}}")
            .replace("{file}", "{{{{ template_path }}}}")
            .replace("{{", "{")
            .replace("}}", "}");
    long second = Files.getLastModifiedTime(file).toMillis() / 1000;
    Layer time =
        Layer.ofValues(
            "time", Map.of("format", new StrValue(format), "second", IntValue.of(second)));
    Value text =
        play.run()
            .templar()
            .bareExpression(
                ScalarNode.made(position, "format | strftime(second)"), scope.with(time));
    return ScalarNode.made(position, Python.str(text));
  }
}
