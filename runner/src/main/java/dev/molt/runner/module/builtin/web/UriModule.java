package dev.molt.runner.module.builtin.web;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.FileCommon;
import dev.molt.runner.module.files.FileQuery;
import dev.molt.runner.module.files.HostFiles;
import dev.molt.runner.module.files.HostPath;
import dev.molt.runner.remote.UnreachableException;
import java.util.List;
import java.util.Optional;

/** Has the host ask a web service. What that does nobody knows, so a check does not ask. */
public final class UriModule implements Module<UriModule.Options> {
  /** How a value becomes a body. */
  public enum Format {
    RAW,
    JSON,
    FORM_URLENCODED,
    FORM_MULTIPART
  }

  /** See {@link Option} on each. */
  public record Options(
      WebOptions web,
      @Option(value = "The method, in upper case.", defaultValue = "GET") String method,
      @Option("What to send: a text, or what body_format writes.") Optional<Value> body,
      @Option(value = "How a body that is no text is written.", defaultValue = "raw")
          Format bodyFormat,
      @Option("A file to send, instead of body.") Optional<String> src,
      @Option(value = "That file is on the host.", defaultValue = "false") boolean remoteSrc,
      @Option(value = "Register the answer's body as content.", defaultValue = "false")
          boolean returnContent,
      @Option(
              value =
                  "Which references to other places are followed: all, none, those of GET and HEAD"
                      + " (safe), or as Python does (urllib2).",
              defaultValue = "safe")
          String followRedirects,
      @Option("Do not ask where this path exists.") Optional<String> creates,
      @Option("Do not ask where this path does not exist.") Optional<String> removes,
      @Option(value = "Which answers are good.", defaultValue = "200") List<Integer> statusCode,
      @Option(value = "How long the server may be silent, in seconds.", defaultValue = "30")
          int timeout,
      @Option("Where to put the answer's body: a file or a directory on the host.")
          Optional<String> dest,
      @Option("Certificates to trust: a PEM file on the host.") Optional<String> caPath,
      @Option("A socket on the host to speak through.") Optional<String> unixSocket,
      FileCommon common) {}

  private static final Spec<Options> SPEC =
      Spec.of("uri", "Has the host ask a web service", Options.class);

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    if (!options.method().matches("[A-Za-z]+")) {
      throw new ModuleException(
          "Parameter 'method' needs to be a single word in uppercase, like GET or POST.");
    }
    if (options.body().isPresent() && options.src().isPresent()) {
      throw new ModuleException("parameters are mutually exclusive: body|src");
    }
    UriCall.follow(options.followRedirects());
    Optional<String> done = done(options, target);
    if (done.isPresent()) {
      return Plan.unchanged(
          MapValue.empty()
              .put("stdout", Value.of("skipped, since " + done.get()))
              .put("msg", Value.of("skipped, since " + done.get())));
    }
    return new Plan.Unknown(
        "would ask " + options.method() + " " + options.web().url(),
        MapValue.empty().put("changed", BoolValue.FALSE));
  }

  /** Why there is nothing to ask. */
  private static Optional<String> done(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    if (options.creates().isEmpty() && options.removes().isEmpty()) {
      return Optional.empty();
    }
    FileQuery query = new FileQuery();
    String creates = path(options.creates(), "creates", query, target);
    String removes = path(options.removes(), "removes", query, target);
    HostFiles host = query.ask(target);
    if (!creates.isEmpty() && host.behind(creates).exists()) {
      return Optional.of("'" + options.creates().get() + "' exists");
    } else if (!removes.isEmpty() && !host.behind(removes).exists()) {
      return Optional.of("'" + options.removes().get() + "' does not exist");
    }
    return Optional.empty();
  }

  private static String path(Optional<String> given, String option, FileQuery query, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    if (given.isEmpty()) {
      return "";
    }
    String path = HostPath.on(target, option, given.get());
    query.named(path);
    return path;
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    return Applied.of(new UriCall(options, target).make());
  }
}
