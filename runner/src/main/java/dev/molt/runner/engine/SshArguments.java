package dev.molt.runner.engine;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The part of ssh(1)'s command line that inventories use in {@code ansible_ssh_common_args}. What
 * is not understood is refused: leaving it out in silence could mean another host, or no check of
 * its key.
 */
record SshArguments(
    List<String> knownHosts,
    List<String> identityFiles,
    Optional<String> user,
    Optional<String> port,
    Optional<String> hostName,
    Optional<String> connectTimeout,
    Optional<Jump> jump) {

  /** A host to go through. */
  record Jump(Optional<String> user, String host, Optional<Integer> port) {}

  static SshArguments parse(String host, String text) {
    List<String> words =
        new ArrayList<>(
            Arrays.stream(text.strip().split("\\s+")).filter(w -> !w.isEmpty()).toList());
    List<String> known = new ArrayList<>();
    List<String> identities = new ArrayList<>();
    String user = null;
    String port = null;
    String hostName = null;
    String timeout = null;
    Jump jump = null;
    while (!words.isEmpty()) {
      String word = words.remove(0);
      if (word.length() < 2 || word.charAt(0) != '-') {
        throw refuse(host, word);
      }
      String flag = word.substring(0, 2);
      if (List.of("-C", "-q", "-4").contains(word)) {
        continue;
      }
      if (word.length() == 2 && words.isEmpty()) {
        throw refuse(host, word);
      }
      String argument = unquote(word.length() > 2 ? word.substring(2) : words.remove(0));
      String key = flag;
      if (flag.equals("-o")) {
        String[] pair = argument.split("[= ]", 2);
        key = pair[0].toLowerCase(Locale.ROOT);
        argument = pair.length == 2 ? unquote(pair[1]) : "";
      }
      switch (key) {
        case "userknownhostsfile" -> known.addAll(Arrays.asList(argument.split("\\s+")));
        case "-i", "identityfile" -> identities.add(argument);
        case "-l", "user" -> user = argument;
        case "-p", "port" -> port = argument;
        case "hostname" -> hostName = argument;
        case "connecttimeout" -> timeout = argument;
        case "-J", "proxyjump" -> jump = jump(host, argument);
        case "stricthostkeychecking" -> {
          if (!argument.equals("yes") && !argument.equals("ask")) {
            throw Diagnostic.error(
                    "host '"
                        + host
                        + "': StrictHostKeyChecking="
                        + argument
                        + ": Molt checks host keys always")
                .withHint("add the host's key to known_hosts: ssh-keyscan prints it")
                .asException();
          }
        }
        case "controlmaster",
            "controlpersist",
            "controlpath",
            "serveraliveinterval",
            "serveralivecountmax",
            "identitiesonly",
            "compression",
            "loglevel",
            "preferredauthentications",
            "batchmode" -> {
          // Settings of the ssh program itself, which mean nothing to a connection that is kept.
        }
        default -> throw refuse(host, flag.equals("-o") ? "-o " + key : flag);
      }
    }
    return new SshArguments(
        List.copyOf(known),
        List.copyOf(identities),
        Optional.ofNullable(user),
        Optional.ofNullable(port),
        Optional.ofNullable(hostName),
        Optional.ofNullable(timeout),
        Optional.ofNullable(jump));
  }

  private static Jump jump(String host, String text) {
    if (text.contains(",")) {
      throw refuse(host, "-J with more than one host");
    }
    String rest = text;
    Optional<String> user = Optional.empty();
    int at = rest.lastIndexOf('@');
    if (at >= 0) {
      user = Optional.of(rest.substring(0, at));
      rest = rest.substring(at + 1);
    }
    int colon = rest.lastIndexOf(':');
    Optional<Integer> port = Optional.empty();
    if (colon > 0 && rest.indexOf(':') == colon) {
      port = Optional.of(Integer.parseInt(rest.substring(colon + 1)));
      rest = rest.substring(0, colon);
    }
    return new Jump(user, rest, port);
  }

  private static String unquote(String text) {
    boolean quoted =
        text.length() >= 2
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(text.length() - 1) == text.charAt(0);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static DiagnosticException refuse(String host, String what) {
    return Diagnostic.error(
            "host '" + host + "': ssh's argument '" + what + "' is not understood here")
        .withHint(
            "ansible_ssh_common_args may hold -i, -l, -p, -J and -o with UserKnownHostsFile,"
                + " IdentityFile, User, Port, HostName, ConnectTimeout, ProxyJump")
        .asException();
  }
}
