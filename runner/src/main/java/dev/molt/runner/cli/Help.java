package dev.molt.runner.cli;

/** What {@code --help} prints. */
final class Help {
  static final String TEXT =
      """
      Molt rolls out releases over SSH from Ansible-style playbooks.

      usage: molt COMMAND [OPTIONS]

        run PLAYBOOK -i INVENTORY   run a playbook (molt run --help)
        repl -i INVENTORY           ask hosts line by line (molt repl --help)
        lint PLAYBOOK|FOLDER...     check playbooks without hosts (molt lint --help)
        inventory --list -i INVENTORY
                                    what hosts, groups and variables there are
                                    (molt inventory --help)
        vars HOST [NAME] -i INVENTORY
                                    what a variable is worth, and where it comes from
                                    (molt vars --help)
        doc [-t TYPE] [NAME]        what modules, filters, keywords... there are (molt doc --help)
        vault ACTION FILE           encrypt and decrypt files and values (molt vault --help)
        config                      what ansible.cfg and the environment say
        demo                        upgrade a TEGU cluster in the lab, from nothing
        lab up|status|ssh|reset|down
                                    a fleet of real systemd nodes on this machine
        test                        build, and run all tests
        --version                   print the version
        --help                      print this

      exit status: 0 all well, 2 a host failed, 4 a host was unreachable, 1 could not start,
                   130 interrupted
      """;

  static final String RUN =
      """
      usage: molt run PLAYBOOK... [-i INVENTORY] [OPTIONS]

      The options are those of ansible-playbook; long ones may be shortened. ansible.cfg and the
      ANSIBLE_* variables hold where an option does not say otherwise. A bare name is looked up as
      a path, then in playbooks/ and inventory/.

        -i, --inventory NAME    file, directory, or hosts separated by commas; may be repeated
        -l, --limit PATTERN     leave out all hosts but these; @FILE holds patterns
        -e, --extra-vars VARS   key=value, a YAML or JSON mapping, or @FILE; may be repeated
        -t, --tags TAGS         only tasks with these tags
            --skip-tags TAGS    all but tasks with these tags
            --start-at-task NAME
                                leave out all tasks before the first one of this name
            --step              ask before each task
        -C, --check             find out what would change, and change nothing
        -D, --diff              show texts before and after
        -f, --forks N           how many hosts at once (default 32)
            --force-handlers    run handlers also on hosts that have failed
            --flush-cache       forget facts that were kept
            --output HOW        molt, ansible for what ansible-playbook prints, or json
        -v, --verbose           say more; -vv shows whole results
            --list-hosts, --list-tasks, --list-tags, --syntax-check
                                run nothing; print what would be run, or only check

        -u, --user NAME         log in as this user where the inventory names none
        -c, --connection KIND   ssh or local
        -T, --timeout SECONDS   how long connecting may take (default 10)
            --private-key FILE  key to log in with where the inventory names none
            --ssh-common-args, --ssh-extra-args ARGS
                                options of ssh: -J, -i, -l, -p and some of -o
        -k, --ask-pass          ask for the password to log in with
            --connection-password-file FILE
        -b, --become            become another user for every task
            --become-method HOW sudo, su or doas
            --become-user NAME  whom to become (default root)
        -K, --ask-become-pass   ask for the password of sudo
            --become-password-file FILE
            --vault-id ID@SOURCE, --vault-password-file FILE, -J, --ask-vault-password
                                where the passwords of encrypted values come from
            --version           print the version and which ansible.cfg is in force

      With --output ansible the exit status is ansible-playbook's, too: 2 also for wrong arguments,
      4 also for a playbook with mistakes, 5 for wrong settings, 99 if interrupted.
      """;

  static final String REPL =
      """
      usage: molt repl [-i INVENTORY] [OPTIONS]

      Reads lines and carries each out on all hosts: 'service name=tegu', '! uptime',
      '{{ ansible_host }}', 'run upgrade.yml --check'. :help lists what lines can be. Without a
      terminal, lines come from standard input.

        -i, --inventory NAME    file, directory, or hosts separated by commas; may be repeated
        -l, --limit PATTERN     for which hosts lines are, as :hosts
        -e, --extra-vars VARS   key=value, a YAML or JSON mapping, or @FILE; may be repeated
        -c, --command LINE      carry out this line and leave; may be repeated
            --script FILE       carry out the lines of a file and leave
        -C, --check             lines find out what they would change, and change nothing
            --read-only         the same, and nothing in the session can change that
        -y, --yes               ask nothing, also where the inventory says molt_confirm
        -D, --diff              show texts before and after
        -f, --forks N           how many hosts at once (default 32)
        -v, --verbose           playbooks say more

        -u, --user NAME         log in as this user where the inventory names none
            --connection KIND   ssh or local
        -T, --timeout SECONDS   how long connecting may take (default 10)
            --private-key FILE  key to log in with where the inventory names none
            --ssh-common-args, --ssh-extra-args ARGS
                                options of ssh: -J, -i, -l, -p and some of -o
        -k, --ask-pass          ask for the password to log in with
            --connection-password-file FILE
        -b, --become            become another user for every line
            --become-method HOW sudo, su or doas
            --become-user NAME  whom to become (default root)
        -K, --ask-become-pass   ask for the password of sudo
            --become-password-file FILE
            --vault-id ID@SOURCE, --vault-password-file FILE, -J, --ask-vault-password
                                where the passwords of encrypted values come from

      exit status of -c, --script and a pipe: that of the first line that does not go well, which
      is the last one: 2 a host failed, 4 a host was unreachable, 1 a line was wrong or not allowed
      """;

  private Help() {}
}
