package dev.molt.runner.cli;

/** What {@code --help} prints. */
final class Help {
  static final String TEXT =
      """
      Molt rolls out releases over SSH from Ansible-style playbooks.

      usage: molt COMMAND [OPTIONS]

        run PLAYBOOK -i INVENTORY   run a playbook (molt run --help)
        demo                        upgrade a TEGU cluster in the lab, from nothing
        lab up|status|ssh|reset|down
                                    a fleet of real systemd nodes on this machine
        test                        build, and run all tests
        --version                   print the version
        --help                      print this

      exit status: 0 all well, 2 a host failed, 4 a host was unreachable, 1 could not start
      """;

  static final String RUN =
      """
      usage: molt run PLAYBOOK -i INVENTORY [OPTIONS]

      A bare name is looked up as a path, then in playbooks/ and inventory/.

        -i, --inventory NAME    file, directory, or hosts separated by commas; may be repeated
        -C, --check             find out what would change, and change nothing
        -D, --diff              show texts before and after
        -l, --limit PATTERN     leave out all hosts but these
        -e, --extra-vars VARS   key=value, a YAML or JSON mapping, or @FILE; may be repeated
        -t, --tags TAGS         only tasks with these tags
            --skip-tags TAGS    all but tasks with these tags
        -f, --forks N           how many hosts at once (default 32)
        -u, --user NAME         log in as this user where the inventory names none
            --private-key FILE  key to log in with where the inventory names none
        -k, --ask-pass          ask for the password to log in with
        -K, --ask-become-pass   ask for the password of sudo
        -v, --verbose           say more; -vv shows whole results
      """;

  private Help() {}
}
