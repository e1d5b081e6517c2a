package dev.molt.runner.module.builtin.apt;

import dev.molt.runner.module.ModuleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What there is to do for a task.
 *
 * @param operation of apt-get, with its arguments; empty for none
 * @param manual packages to be marked as wanted for themselves
 */
record AptWork(List<String> operation, List<String> manual) {
  static final AptWork NONE = new AptWork(List.of(), List.of());

  boolean isEmpty() {
    return operation.isEmpty() && manual.isEmpty();
  }

  /**
   * Finds what is to be done; a simulation may find that it comes to nothing.
   *
   * @param lenient whether packages that nobody knows may become known
   * @throws ModuleException if a package cannot be had
   */
  static AptWork of(AptOptions options, List<PackageSpec> specs, AptState state, boolean lenient)
      throws ModuleException {
    if (options.upgrade() != AptOptions.Upgrade.NO || all(options)) {
      return upgrade(options);
    }
    if (!options.files().isEmpty()) {
      return files(state);
    }
    if (specs.isEmpty() && options.state() != AptOptions.State.FIXED) {
      return options.autoremove()
          ? new AptWork(List.of("autoremove"), List.of())
          : options.autoclean() ? new AptWork(List.of("autoclean"), List.of()) : NONE;
    }
    return switch (options.state()) {
      case ABSENT -> absent(options, specs, state);
      case BUILD_DEP ->
          operation("build-dep", specs.stream().map(PackageSpec::text).toList(), List.of());
      case FIXED, LATEST, PRESENT -> present(options, specs, state, lenient);
    };
  }

  /** {@code name: '*', state: latest} is an upgrade. */
  static boolean all(AptOptions options) {
    return options.state() == AptOptions.State.LATEST && options.packages().contains("*");
  }

  private static AptWork upgrade(AptOptions options) {
    boolean dist =
        options.upgrade() == AptOptions.Upgrade.DIST
            || options.upgrade() == AptOptions.Upgrade.FULL;
    return new AptWork(
        dist ? List.of("dist-upgrade") : List.of("upgrade", "--with-new-pkgs"), List.of());
  }

  private static AptWork operation(String name, List<String> arguments, List<String> manual) {
    List<String> all = new ArrayList<>();
    all.add(name);
    all.addAll(arguments);
    return new AptWork(all, manual);
  }

  private static AptWork files(AptState state) {
    List<String> wanted = new ArrayList<>();
    state
        .files()
        .forEach(
            (file, field) -> {
              Optional<String> now = state.version(field[0]);
              if (now.isEmpty() || DebianVersion.compare(now.get(), field[1]) != 0) {
                // Without a slash it would be the name of a package.
                wanted.add(file.contains("/") ? file : "./" + file);
              }
            });
    return wanted.isEmpty() ? NONE : operation("install", wanted, List.of());
  }

  private static List<String> names(PackageSpec spec, AptState state) throws ModuleException {
    if (!spec.isPattern()) {
      return List.of(spec.name());
    }
    List<String> names = state.matches().getOrDefault(spec.name(), List.of());
    if (names.isEmpty()) {
      throw new ModuleException("No package(s) matching '" + spec.name() + "' available");
    }
    return names;
  }

  private static AptWork absent(AptOptions options, List<PackageSpec> specs, AptState state)
      throws ModuleException {
    List<String> going = new ArrayList<>();
    for (PackageSpec spec : specs) {
      for (String name : names(spec, state)) {
        boolean there = state.version(name).filter(spec::accepts).isPresent();
        if (there || (options.purge() && state.hasFiles(name))) {
          going.add(name);
        }
      }
    }
    return going.isEmpty() ? NONE : operation("remove", going, List.of());
  }

  private static AptWork present(
      AptOptions options, List<PackageSpec> specs, AptState state, boolean lenient)
      throws ModuleException {
    List<String> wanted = new ArrayList<>();
    List<String> manual = new ArrayList<>();
    boolean latest = options.state() == AptOptions.State.LATEST;
    for (PackageSpec spec : specs) {
      for (String name : names(spec, state)) {
        Optional<String> now = state.version(name);
        if (now.isEmpty() && options.onlyUpgrade()) {
          continue;
        }
        Optional<String> best = best(spec, name, state);
        boolean fits = now.filter(spec::accepts).isPresent();
        if (!fits && best.isEmpty() && !lenient) {
          throw missing(spec, name, state);
        }
        boolean newer = best.isPresent() && !best.equals(now);
        boolean pinned = spec.version().isPresent() && !spec.atLeast();
        if (!fits || (newer && (latest || pinned))) {
          wanted.add(best.filter(b -> !b.isEmpty()).map(b -> name + "=" + b).orElse(name));
        } else if (state.automatic().contains(name)) {
          manual.add(name);
        }
      }
    }
    boolean repair = options.state() == AptOptions.State.FIXED;
    return wanted.isEmpty() && !repair
        ? new AptWork(List.of(), manual)
        : operation("install", wanted, manual);
  }

  /**
   * The version to install; empty text where only apt can tell, as of a package that others
   * provide.
   */
  private static Optional<String> best(PackageSpec spec, String name, AptState state) {
    AptState.Available available = state.available().get(name);
    if (available == null) {
      return Optional.empty();
    }
    if (spec.version().isPresent() && !spec.atLeast()) {
      return available.versions().stream().filter(spec::accepts).findFirst();
    }
    if (available.candidate().isEmpty()) {
      return spec.version().isPresent() || !available.versions().isEmpty()
          ? Optional.empty()
          : Optional.of("");
    }
    return Optional.of(available.candidate()).filter(spec::accepts);
  }

  private static ModuleException missing(PackageSpec spec, String name, AptState state) {
    return new ModuleException(
        state.available().containsKey(name)
            ? "no available installation candidate for " + spec.text()
            : "No package matching '" + name + "' is available");
  }
}
