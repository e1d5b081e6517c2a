package dev.molt.dsl.playbook;

import dev.molt.dsl.vars.Layer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A role as it is used in one place: its variables, and what tells one use from another. Immutable.
 *
 * @param key uses of a role with equal keys are the same: the second one has nothing to do
 * @param name as it was called, a role of a collection with the collection's name
 * @param defaults the files in {@code defaults/}, strongest first
 * @param vars the files in {@code vars/}, strongest first
 * @param params what the use gives besides keywords; stronger than facts
 * @param dependencies all of them, those of dependencies too, in the order in which they run
 * @param allowDuplicates whether every use runs, however often it ran before
 * @param isPublic whether the rest of the play sees its variables
 */
public record Role(
    Key key,
    String name,
    Path directory,
    List<Layer> defaults,
    List<Layer> vars,
    Layer params,
    List<Role> dependencies,
    boolean allowDuplicates,
    boolean isPublic) {

  /** What makes two uses of a role the same one. */
  public record Key(
      Path directory, Map<String, String> files, String keywords, String params, boolean dynamic) {
    public Key {
      files = Map.copyOf(files);
    }
  }

  public Role {
    defaults = List.copyOf(defaults);
    vars = List.copyOf(vars);
    dependencies = List.copyOf(dependencies);
  }

  /** The last part of the name: without a collection. */
  public String shortName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Defaults as the role's tasks see them, strongest first: its own, then its dependencies'. */
  public List<Layer> allDefaults() {
    List<Layer> all = new ArrayList<>(defaults);
    for (int i = dependencies.size() - 1; i >= 0; i--) {
      all.addAll(dependencies.get(i).defaults);
    }
    return all;
  }

  /** The variables that it shows to others, strongest first: its own, then its dependencies'. */
  public List<Layer> exports() {
    List<Layer> all = new ArrayList<>(vars);
    for (int i = dependencies.size() - 1; i >= 0; i--) {
      all.addAll(dependencies.get(i).vars);
    }
    return all;
  }
}
