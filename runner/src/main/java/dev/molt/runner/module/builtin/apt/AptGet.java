package dev.molt.runner.module.builtin.apt;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs apt-get, or has it say what it would do. */
record AptGet(AptOptions options) {
  private static final Pattern INSTALL =
      Pattern.compile("Inst (\\S+) (?:\\[(\\S+)\\] )?\\((\\S+).*");
  private static final Pattern REMOVE = Pattern.compile("(?:Remv|Purg) (\\S+)(?: \\[(\\S+)\\])?.*");
  private static final Pattern DELETE = Pattern.compile("Del (\\S+) (\\S+) .*");

  private static final String PROLOGUE =
      """
      LC_ALL=C; LANG=C; LANGUAGE=C; DEBIAN_FRONTEND=noninteractive; DEBIAN_PRIORITY=critical
      export LC_ALL LANG LANGUAGE DEBIAN_FRONTEND DEBIAN_PRIORITY
      T=$(mktemp -d) || exit 1
      finish() { rm -rf -- "$T"; }
      trap finish EXIT
      trap 'exit 129' HUP
      trap 'exit 130' INT
      trap 'exit 143' TERM
      run() {
        n=0
        while :; do
          "$@" >"$T/out" 2>"$T/err" </dev/null; r=$?
          [ $r != 0 ] && [ $n -lt LIMIT ] && grep -q 'Could not get lock' "$T/err" || break
          sleep 1; n=$((n + 1))
        done
        cat "$T/out"; cat "$T/err" >&2
        return $r
      }
      """;

  /** Takes the place of the host's own policy meanwhile. */
  private static final String POLICY =
      """
      P=/usr/sbin/policy-rc.d
      [ ! -e $P ] || cp -p $P "$T/policy" || exit
      finish() {
        rm -f $P; [ ! -e "$T/policy" ] || cp -p "$T/policy" $P
        rm -rf -- "$T"
      }
      printf '#!/bin/sh\\nexit %s\\n' STATUS >$P && chmod 0755 $P || exit
      """;

  private static final String UPDATE =
      """
      i=1; d=1
      until run apt-get update -q -o APT::Update::Error-Mode=any >&2; do
        [ $i -lt RETRIES ] || exit 100
        [ $d -le DELAY ] || d=DELAY
        sleep $d; i=$((i + 1)); d=$((d * 2))
      done
      """;

  private String prologue() {
    return PROLOGUE.replace("LIMIT", Integer.toString(Math.max(0, options.lockTimeout())));
  }

  /** What an operation would do; empty if nothing. */
  List<FieldDiff> simulate(AptWork work, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    List<FieldDiff> diffs = new ArrayList<>();
    if (!work.operation().isEmpty()) {
      ScriptResult reply =
          target.read(Script.of(prologue() + "run " + command(work, "-s ") + "\n"));
      if (!reply.ok()) {
        throw failure(command(work, "-s "), reply);
      }
      reply.out().lines().forEach(line -> read(line, diffs));
    }
    work.manual().forEach(p -> diffs.add(FieldDiff.of(p, "installed", "for others", "for itself")));
    return diffs;
  }

  private static void read(String line, List<FieldDiff> diffs) {
    Matcher install = INSTALL.matcher(line);
    Matcher remove = REMOVE.matcher(line);
    Matcher delete = DELETE.matcher(line);
    if (install.matches()) {
      String before = install.group(2) == null ? "" : install.group(2);
      diffs.add(FieldDiff.of(install.group(1), "version", before, install.group(3)));
    } else if (remove.matches()) {
      String before = remove.group(2) == null ? "" : remove.group(2);
      boolean purged = line.startsWith("Purg");
      diffs.add(FieldDiff.of(remove.group(1), purged ? "purged" : "version", before, ""));
    } else if (delete.matches()) {
      diffs.add(FieldDiff.of(delete.group(1), "package file", delete.group(2), ""));
    }
  }

  /** Does it, and says what apt-get printed. */
  MapValue make(AptWork work, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    StringBuilder script = new StringBuilder(prologue());
    options
        .policyRcD()
        .ifPresent(status -> script.append(POLICY.replace("STATUS", status.toString())));
    if (!work.operation().isEmpty()) {
      script.append("run ").append(command(work, "")).append(" || exit\n");
    }
    // What is asked for by name is wanted for itself, though it came for others before.
    List<String> manual = new ArrayList<>(work.manual());
    if (!manual.isEmpty()) {
      script
          .append("run apt-mark manual -- ")
          .append(quoted(manual))
          .append(" >/dev/null || exit\n");
    }
    ScriptResult reply = target.write(Script.of(script.toString()).withDeadline(target.deadline()));
    if (!reply.ok()) {
      throw failure(command(work, ""), reply);
    }
    return MapValue.empty()
        .put("stdout", Value.of(reply.out()))
        .put("stderr", Value.of(reply.err()));
  }

  /** Brings the lists of packages up to date. */
  void update(Target target) throws ModuleException, UnreachableException, InterruptedException {
    int retries = Math.max(1, options.updateCacheRetries());
    String script =
        UPDATE
            .replace("RETRIES", Integer.toString(retries))
            .replace("DELAY", Integer.toString(Math.max(0, options.updateCacheRetryMaxDelay())));
    ScriptResult reply =
        target.write(Script.of(prologue() + script).withDeadline(target.deadline()));
    if (!reply.ok()) {
      String why =
          reply
              .err()
              .lines()
              .filter(line -> line.matches("[EW]: .*"))
              .distinct()
              .limit(5)
              .collect(Collectors.joining("; "));
      throw new ModuleException(
          "Failed to update apt cache after "
              + retries
              + " retries: "
              + (why.isEmpty() ? "unknown reason" : why));
    }
  }

  /** Drops package files that were fetched. */
  void clean(Target target) throws ModuleException, UnreachableException, InterruptedException {
    ScriptResult reply = target.write(Script.of(prologue() + "run apt-get clean\n"));
    if (!reply.ok()) {
      throw failure("apt-get clean", reply);
    }
  }

  private static ModuleException failure(String command, ScriptResult reply) {
    String words = reply.timedOut() ? "not done in time" : reply.err().strip();
    return new ModuleException(
        "'" + command + "' failed: " + words,
        MapValue.empty()
            .put("rc", Value.of(reply.exitStatus()))
            .put("stdout", Value.of(reply.out()))
            .put("stderr", Value.of(reply.err())));
  }

  private String command(AptWork work, String simulate) {
    List<String> words = new ArrayList<>(List.of("-q", "-y"));
    words.add("-o");
    words.add("DPkg::Lock::Timeout=" + Math.max(0, options.lockTimeout()));
    for (String option : options.dpkgOptions()) {
      words.add("-o");
      words.add("Dpkg::Options::=--" + option);
    }
    options
        .installRecommends()
        .ifPresent(
            yes -> {
              words.add("-o");
              words.add("APT::Install-Recommends=" + (yes ? "yes" : "no"));
            });
    options
        .defaultRelease()
        .ifPresent(
            release -> {
              words.add("-t");
              words.add(release);
            });
    flag(words, options.force(), "--force-yes");
    flag(words, options.autoremove(), "--auto-remove");
    flag(words, options.failOnAutoremove(), "--no-remove");
    flag(words, options.onlyUpgrade(), "--only-upgrade");
    flag(words, options.purge(), "--purge");
    flag(words, options.state() == AptOptions.State.FIXED, "--fix-broken");
    flag(words, options.allowUnauthenticated(), "--allow-unauthenticated");
    flag(words, options.allowDowngrade(), "--allow-downgrades");
    flag(words, options.allowChangeHeldPackages(), "--allow-change-held-packages");
    words.addAll(work.operation());
    return "apt-get " + simulate + quoted(words);
  }

  private static void flag(List<String> words, boolean given, String flag) {
    if (given) {
      words.add(flag);
    }
  }

  private static String quoted(List<String> words) {
    return words.stream().map(ShellQuote::quote).collect(Collectors.joining(" "));
  }
}
