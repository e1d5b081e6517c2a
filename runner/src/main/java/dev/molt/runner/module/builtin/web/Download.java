package dev.molt.runner.module.builtin.web;

import dev.molt.dsl.value.MapValue;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.Attributes;
import dev.molt.runner.module.files.Destination;
import dev.molt.runner.module.files.FileContent;
import dev.molt.runner.module.files.FileInstall;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.util.Map;
import java.util.Optional;

/** Puts what a host has fetched where it is to be. */
record Download(Destination dest, Attributes attributes, FileInstall.Manner manner) {
  /** Stands for the digest of what nobody has seen yet. */
  static final String UNKNOWN = "unknown";

  /** The install of what is known only by name. */
  FileInstall of(String name, String sha256, long size, Map<String, String> digests, String path) {
    return new FileInstall(
        dest,
        new FileContent(
            Optional.empty(),
            Optional.of(path),
            size,
            sha256,
            new FileContent.Hashes(
                Optional.ofNullable(digests.get("sha1")), Optional.ofNullable(digests.get("md5"))),
            Optional.empty(),
            Optional.of(name),
            Optional.empty(),
            Optional.empty(),
            false),
        attributes,
        manner);
  }

  /** The same of what has been fetched, or at least digested. */
  FileInstall of(Response response, String name) {
    return of(
        name,
        response.digests().getOrDefault("sha256", UNKNOWN),
        response.size(),
        response.digests(),
        response.file().orElse(""));
  }

  /** Installs what the host keeps of an answer, and keeps it no longer. */
  Applied install(Response response, String name, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    try {
      Plan plan = of(response, name).plan(target);
      if (plan instanceof Plan.Change change) {
        return FileInstall.apply(change, target);
      }
      return Applied.verified(plan.result(), plan);
    } finally {
      drop(response, target);
    }
  }

  /** Removes what the host keeps of an answer. */
  static void drop(Response response, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    if (response.file().isPresent()) {
      target.write(Script.of("rm -f -- " + ShellQuote.quote(response.file().get())));
    }
  }

  /** What comes of a failure, for a task's result. */
  static ModuleException failure(Response response, MapValue result) {
    String message =
        response.status() == -1 ? response.reason() : "Request failed: " + response.message();
    return new ModuleException(message, result);
  }
}
