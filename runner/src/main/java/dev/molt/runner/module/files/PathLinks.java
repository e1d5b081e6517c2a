package dev.molt.runner.module.files;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.FileState;
import dev.molt.runner.module.FileState.Kind;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.remote.ShellQuote;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Decides about links, symbolic and hard. */
final class PathLinks {
  private final PathState wanted;
  private final PathState.Question question;
  private final PathActions actions;
  private final PathDraft draft;
  private final HostFiles host;
  private final String path;

  PathLinks(PathState wanted, PathState.Question question, PathActions actions, PathDraft draft) {
    this.wanted = wanted;
    this.question = question;
    this.actions = actions;
    this.draft = draft;
    this.host = draft.host;
    this.path = question.path();
  }

  private String about(String key) {
    return key.equals("src") ? wanted.src().orElse("") : path;
  }

  private ModuleException refused(String message, String... keys) {
    MapValue result = MapValue.empty();
    for (String key : keys) {
      result.put(key, Value.of(about(key)));
    }
    return new ModuleException(message, result);
  }

  void symbolic() throws ModuleException {
    HostFile now = host.at(path);
    Optional<String> to = wanted.src();
    String leads = question.source().orElseGet(() -> host.real(path));
    if (to.isPresent() && !wanted.force() && !host.behind(leads).exists()) {
      throw refused(
          "src file does not exist, use 'force=yes' if you really want to create the link: "
              + leads,
          "path",
          "src");
    }
    replaceable(now);
    if (to.isEmpty() && !now.isLink()) {
      throw new ModuleException("src is required for creating new symlinks");
    }
    if (to.isPresent() && !now.state().link().equals(to)) {
      link(now, to.get());
    }
    attributes(now, leads, to.isPresent());
  }

  private void replaceable(HostFile now) throws ModuleException {
    if (!now.exists() || now.isLink()) {
      return;
    }
    if (!wanted.force()) {
      throw refused(
          "refusing to convert from "
              + Results.stateName(now)
              + " to symlink for "
              + path
              + " (force: true puts the link in its place, if it is a file or an empty directory)",
          "path");
    }
    if (now.isDirectory() && !host.listing().isEmpty()) {
      throw refused("the directory " + path + " is not empty, refusing to convert it", "path");
    }
  }

  private void link(HostFile now, String to) {
    if (now.isLink()) {
      String old = now.state().link().orElse("");
      draft.diffs.add(dev.molt.runner.module.FieldDiff.of(path, "src", old, to));
      draft.shown("src", Value.of(old), Value.of(to));
    } else {
      draft.state(path, now, "link");
      draft.diffs.add(dev.molt.runner.module.FieldDiff.of(path, "src", "", to));
    }
    HostFile fresh = PathState.fresh(Kind.LINK, 0, host);
    FileState made =
        new FileState(
            Kind.LINK,
            0777,
            fresh.state().owner(),
            fresh.state().group(),
            to.getBytes(StandardCharsets.UTF_8).length,
            Optional.empty(),
            Optional.of(to),
            Optional.empty());
    String rmdir = now.isDirectory() ? "rmdir -- " + ShellQuote.quote(path) + "\n" : "";
    draft.becomes(path, made, rmdir + beside("ln -s -- " + ShellQuote.quote(to)));
  }

  private void attributes(HostFile now, String leads, boolean named) throws ModuleException {
    if (!wanted.follow()) {
      // A link that is about to be made belongs to whoever makes it.
      HostFile link =
          draft.diffs.isEmpty()
              ? now
              : HostFile.planned(draft.planned(path).orElse(now.state()), HostFile.ABSENT);
      actions.attributes(path, link);
      return;
    }
    String real = named ? host.real(leads) : leads;
    HostFile behind = host.at(real);
    if (behind.exists()) {
      actions.attributes(real, behind);
    } else if (!wanted.attributes().isEmpty()) {
      draft.warnings.add(
          "Cannot set fs attributes on a non-existent symlink target. follow should be set to"
              + " False to avoid this.");
    }
  }

  void hard() throws ModuleException {
    HostFile now = host.at(path);
    boolean isHard = now.isFile() && now.node().links() > 1;
    if (question.source().isEmpty()) {
      if (!isHard) {
        throw new ModuleException("src is required for creating new hardlinks");
      }
      actions.attributes(path, now);
      return;
    }
    String from = question.source().get();
    HostFile source = wanted.follow() ? host.behind(from) : host.at(from);
    if (!host.behind(from).exists()) {
      throw refused("src does not exist", "dest", "src");
    }
    if (source.isDirectory()) {
      throw refused("src is a directory, which cannot have another name", "dest", "src");
    }
    // As Ansible: a symbolic link to the file will do.
    boolean symbolic = now.isLink() && now.state().link().equals(wanted.src());
    if (now.isSame(source) || symbolic) {
      actions.attributes(path, now);
      return;
    }
    if (now.exists() && !now.isLink() && !wanted.force()) {
      throw refused(
          isHard
              ? "Cannot link, different hard link exists at destination"
              : "Cannot link, " + Results.stateName(now) + " exists at destination",
          "dest",
          "src");
    }
    if (now.isDirectory()) {
      throw refused("Cannot link, directory exists at destination", "dest", "src");
    }
    if (now.isLink()) {
      draft.shown("src", Value.of(now.state().link().orElse("")), Value.of(wanted.src().get()));
    }
    draft.state(path, now, "hard");
    String make = (wanted.follow() ? "ln -L -- " : "ln -P -- ") + ShellQuote.quote(from);
    draft.becomes(path, source.state(), beside(make));
    actions.attributes(path, source);
  }

  /** Made under another name and renamed, so that the path never is nothing. */
  private String beside(String make) {
    String temporary = HostPath.join(HostPath.parent(path), HostPath.temporaryName());
    return String.join(
        "\n",
        List.of(
            "t=" + ShellQuote.quote(temporary),
            "mkdir -m 700 -- \"$t\"",
            make + " \"$t\"/x",
            "mv -fT -- \"$t\"/x " + ShellQuote.quote(path),
            "rm -rf -- \"$t\"",
            "t="));
  }
}
