package dev.molt.runner.repl;

import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.inventory.InventoryLoader;
import dev.molt.dsl.settings.AccessSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.runner.cli.PlaybookTools;
import dev.molt.runner.engine.Prompter;
import dev.molt.runner.engine.RunOptions;
import dev.molt.runner.engine.Session;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.remote.Transport;
import dev.molt.runner.remote.local.LocalTransport;
import dev.molt.runner.remote.ssh.SshTransport;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** What sessions of tests start with: hosts that are this machine, unless the inventory differs. */
public final class StartKit {
  private StartKit() {}

  /** On this machine. */
  public static Start local(Path folder, String inventory) {
    Settings settings = Settings.defaults().with(AccessSettings.TRANSPORT, "local", "test");
    return of(folder, inventory, settings, SshTransport::new, VaultSecrets.none());
  }

  /** On this machine; playbooks meet a fault. */
  public static Start failing(Path folder, String inventory) {
    Start start = local(folder, inventory);
    Playbooks broken =
        new Playbooks() {
          @Override
          public int run(
              List<String> words, boolean check, boolean readOnly, String limit, Session session) {
            throw new IllegalStateException("it went wrong");
          }

          @Override
          public boolean looksOnly(List<String> words) {
            return true;
          }
        };
    return new Start(
        start.folder(),
        start.inventory(),
        start.loader(),
        start.registry(),
        start.templar(),
        start.secrets(),
        start.ssh(),
        start.local(),
        start.prompter(),
        start.options(),
        broken,
        start.yes());
  }

  /** On this machine, with a vault password. */
  public static Start vaulted(Path folder, String inventory, VaultSecrets vault) {
    Settings settings = Settings.defaults().with(AccessSettings.TRANSPORT, "local", "test");
    return of(folder, inventory, settings, SshTransport::new, vault);
  }

  /** Over SSH. */
  public static Start ssh(Path folder, String inventory) {
    return of(folder, inventory, Settings.defaults(), SshTransport::new, VaultSecrets.none());
  }

  private static Start of(
      Path folder,
      String inventory,
      Settings settings,
      Supplier<Transport> ssh,
      VaultSecrets vault) {
    Secrets secrets = new Secrets();
    PlaybookTools tools =
        PlaybookTools.of(folder.resolve("line"), vault.telling(secrets::add), List.of(), settings);
    Inventory hosts =
        InventoryLoader.load(List.of(inventory), folder, tools.templar().vault()::open);
    tools.answers().inventory().set(hosts);
    return new Start(
        folder,
        tools.answers().inventory(),
        tools.loader(),
        tools.registry(),
        tools.templar(),
        secrets,
        ssh,
        LocalTransport::new,
        Prompter.NOBODY,
        RunOptions.of(settings),
        new NoPlaybooks(),
        false);
  }

  /** Playbooks are another test's. */
  private static final class NoPlaybooks implements Playbooks {
    @Override
    public int run(
        List<String> words, boolean check, boolean readOnly, String limit, Session session) {
      return 1;
    }

    @Override
    public boolean looksOnly(List<String> words) {
      return true;
    }
  }
}
