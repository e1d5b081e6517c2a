package dev.molt.runner.module.builtin.web;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Applied;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Plan;
import dev.molt.runner.module.Spec;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.Attributes;
import dev.molt.runner.module.files.Destination;
import dev.molt.runner.module.files.FileCommon;
import dev.molt.runner.module.files.FileInstall;
import dev.molt.runner.module.files.FileQuery;
import dev.molt.runner.module.files.HostFile;
import dev.molt.runner.module.files.HostFiles;
import dev.molt.runner.remote.UnreachableException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has the host fetch a file. To find out whether there is anything new, it asks the server only
 * where no checksum says so; nothing is kept of that answer but its digest.
 */
public final class GetUrlModule implements Module<GetUrlModule.Options> {
  /** See {@link Option} on each. */
  public record Options(
      WebOptions web,
      @Option(
              value = "Where to put it. In a directory it has the name that the server gives it.",
              required = true)
          String dest,
      @Option("A directory on the host to fetch it to before it is put in its place.")
          Optional<String> tmpDest,
      @Option(value = "Keep what is replaced under a name with the time.", defaultValue = "false")
          boolean backup,
      @Option("What it must digest to, as ALGORITHM:HEX, or ALGORITHM:URL of a list that names it.")
          Optional<String> checksum,
      @Option(value = "How long the server may be silent, in seconds.", defaultValue = "10")
          int timeout,
      FileCommon common) {}

  private static final Spec<Options> SPEC =
      Spec.of("get_url", "Has the host fetch a file from a server", Options.class);

  private static final int LIST_LIMIT = 4 << 20;

  /** How a step of a plan is to be gone. */
  private record Step(
      Download download,
      Optional<Plan.Change> attributes,
      Optional<Checksum> checksum,
      String name,
      Value digestBefore) {}

  @Override
  public Spec<Options> spec() {
    return SPEC;
  }

  @Override
  public Plan plan(Options options, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Attributes attributes = options.common().attributes(target);
    Destination dest = Destination.on(target, options.dest());
    Download download =
        new Download(
            dest,
            attributes,
            new FileInstall.Manner(
                options.backup(),
                true,
                Optional.empty(),
                true,
                false,
                Optional.empty(),
                options.common().unsafeWrites()));
    Client client = client(options);
    Optional<Checksum> checksum = checksum(options, client, target);
    String name = Urls.fileName(options.web().url());
    String wanted =
        checksum
            .filter(sum -> sum.algorithm().equals("sha256"))
            .map(Checksum::value)
            .orElse(Download.UNKNOWN);
    FileInstall unseen = download.of(name, wanted, 0, Map.of(), "");
    FileQuery query = unseen.ask(new FileQuery(), target).hash("sha1", dest.path());
    checksum.ifPresent(sum -> query.hash(sum.algorithm(), dest.path()));
    HostFiles host = query.ask(target);
    HostFile now = host.behind(dest.path());
    MapValue result = result(options, dest.path());
    Value before = host.hash("sha1", dest.path()).<Value>map(Value::of).orElse(NullValue.NULL);
    boolean force = options.web().force();
    Step step = new Step(download, Optional.empty(), checksum, name, before);
    FileInstall asIs = download.of(name, sha256(now), now.state().size(), Map.of(), "");
    if (dest.directory() || now.isDirectory()) {
      Response response = look(client, Optional.empty(), result, target);
      Step named = new Step(download, Optional.empty(), checksum, response.name(), before);
      return change(download.of(response, response.name()).plan(target), named, result, false);
    } else if (!now.isFile()) {
      return change(unseen.decide(host, query, target), step, result, true);
    } else if (checksum.isPresent() && !force) {
      boolean fits =
          host.hash(checksum.get().algorithm(), dest.path())
              .equals(Optional.of(checksum.get().value()));
      return fits
          ? same(asIs.decide(host, query, target), step, result)
          : change(unseen.decide(host, query, target), step, result, true);
    }
    Response response =
        look(client, force ? Optional.empty() : Optional.of(modified(now)), result, target);
    result.put("status_code", Value.of(response.status()));
    result.put("msg", Value.of(response.message()));
    boolean same = response.status() == 304 || response.digests().get("sha256").equals(sha256(now));
    return same
        ? same(asIs.decide(host, query, target), step, result)
        : change(download.of(response, name).decide(host, query, target), step, result, false);
  }

  private static String sha256(HostFile file) {
    return file.state().sha256().orElse("");
  }

  /** As HTTP writes times. */
  static String modified(HostFile file) {
    String seconds = file.times().modification().split("\\.", 2)[0];
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        Instant.ofEpochSecond(Long.parseLong(seconds)).atZone(ZoneOffset.UTC));
  }

  private static Client client(Options options) {
    return new Client(
        new Settings(options.web(), options.timeout(), Optional.empty(), Optional.empty()));
  }

  private static Optional<Checksum> checksum(Options options, Client client, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String text = options.checksum().orElse("");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Checksum checksum = Checksum.parse(text);
    if (!checksum.isListed()) {
      return Optional.of(checksum);
    }
    Transfer transfer = new Transfer(client.settings(), LIST_LIMIT, false, Optional.empty());
    Request request = Request.get(checksum.value(), client.headers());
    Response list = client.send(transfer, request, Client.Follow.URLLIB2, target);
    if (!list.ok()) {
      throw Download.failure(list, result(options, options.dest()));
    }
    return Optional.of(checksum.in(list.text(), Urls.fileName(options.web().url())));
  }

  /** Asks, and keeps nothing but digests. */
  private static Response look(
      Client client, Optional<String> modifiedSince, MapValue result, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Request request = Request.get(client.settings().options().url(), client.headers());
    if (modifiedSince.isPresent()) {
      request = request.with("If-Modified-Since", modifiedSince.get());
    }
    Transfer transfer = new Transfer(client.settings(), 0, true, Optional.empty());
    Response response = client.send(transfer, request, Client.Follow.URLLIB2, target);
    if (!response.ok() && !(response.status() == 304 && modifiedSince.isPresent())) {
      throw Download.failure(response, result.put("status_code", Value.of(response.status())));
    }
    return response;
  }

  /** The file holds what it is to hold; owner, group or mode may not be as wanted. */
  private static Plan same(Plan plan, Step step, MapValue result) {
    MapValue all = merged(plan.result(), result);
    if (!all.has("msg")) {
      all.put("msg", Value.of("file already exists"));
    }
    if (!(plan instanceof Plan.Change change)) {
      return Plan.unchanged(all);
    }
    Step attributes =
        new Step(
            step.download(),
            Optional.of(change),
            step.checksum(),
            step.name(),
            step.digestBefore());
    return new Plan.Change(change.diffs(), attributes, all, change.effects());
  }

  /** The file is to be fetched. */
  private static Plan change(Plan plan, Step step, MapValue result, boolean unseen) {
    if (!(plan instanceof Plan.Change change)) {
      return Plan.unchanged(merged(plan.result(), result));
    }
    MapValue all = merged(change.result(), result);
    List<FieldDiff> diffs = change.diffs();
    if (unseen) {
      // What it will hold only the server knows.
      all.entries().remove(Value.of("diff"));
      all.entries().remove(Value.of("size"));
      all.entries().remove(Value.of("checksum_sha256"));
      diffs =
          diffs.stream()
              .map(
                  diff ->
                      diff.field().equals("content")
                          ? FieldDiff.of(
                              diff.subject(),
                              "content",
                              step.checksum().isPresent() ? "another digest" : "",
                              step.checksum()
                                  .map(sum -> sum.algorithm() + ":" + sum.value())
                                  .orElse("what the server sends"))
                          : diff)
              .toList();
    }
    return new Plan.Change(diffs, step, all, change.effects());
  }

  private static MapValue result(Options options, String dest) {
    return MapValue.empty()
        .put("url", Value.of(options.web().url()))
        .put("dest", Value.of(dest))
        .put("elapsed", Value.of(0));
  }

  /** What is known of the file, then of the task; where the file is, the former knows better. */
  private static MapValue merged(MapValue file, MapValue task) {
    MapValue all = MapValue.empty();
    task.entries().forEach((key, value) -> all.entries().put(key, value));
    file.entries().forEach((key, value) -> all.entries().put(key, value));
    all.entries().remove(Value.of("checksum"));
    return all;
  }

  @Override
  public Applied apply(Options options, Plan.Pending plan, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Plan.Change change = (Plan.Change) plan;
    Step step = (Step) change.state();
    MapValue result = result(options, options.dest());
    if (step.attributes().isPresent()) {
      Applied applied = FileInstall.apply(step.attributes().get(), target);
      MapValue all = merged(applied.result(), result);
      return new Applied(
          all.put("msg", Value.of("file already exists but file attributes changed")),
          applied.after());
    }
    Client client = client(options);
    Transfer transfer =
        new Transfer(client.settings(), 0, true, Optional.of(options.tmpDest().orElse("")));
    long start = System.nanoTime();
    Request request = Request.get(options.web().url(), client.headers());
    Response response = client.send(transfer, request, Client.Follow.URLLIB2, target);
    result.put("elapsed", Value.of((System.nanoTime() - start) / 1_000_000_000));
    result.put("status_code", Value.of(response.status()));
    if (!response.ok()) {
      Download.drop(response, target);
      throw Download.failure(response, result);
    }
    response.file().ifPresent(file -> result.put("src", Value.of(file)));
    result.put("checksum_src", digest(response, "sha1"));
    result.put("checksum_dest", step.digestBefore());
    if (step.checksum().isPresent()) {
      verify(step.checksum().get(), response, result, target);
    }
    Applied applied = step.download().install(response, step.name(), target);
    MapValue all = merged(applied.result(), result);
    all.put("md5sum", digest(response, "md5"));
    all.put("msg", Value.of(response.message()));
    return new Applied(all, applied.after());
  }

  private static Value digest(Response response, String algorithm) {
    String digest = response.digests().get(algorithm);
    return digest == null ? NullValue.NULL : Value.of(digest);
  }

  private static void verify(Checksum checksum, Response response, MapValue result, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    String found = response.digests().getOrDefault(checksum.algorithm(), "none");
    if (!found.equals(checksum.value())) {
      Download.drop(response, target);
      throw new ModuleException(
          "The checksum for "
              + response.url()
              + " did not match "
              + checksum.value()
              + "; it was "
              + found
              + ".",
          result);
    }
  }
}
