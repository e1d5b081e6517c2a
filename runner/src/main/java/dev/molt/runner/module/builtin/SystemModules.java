package dev.molt.runner.module.builtin;

import dev.molt.runner.module.Registry;
import dev.molt.runner.module.builtin.account.GroupModule;
import dev.molt.runner.module.builtin.account.UserModule;
import dev.molt.runner.module.builtin.apt.AptModule;
import dev.molt.runner.module.builtin.apt.PackageModule;
import dev.molt.runner.module.builtin.facts.GetentModule;
import dev.molt.runner.module.builtin.facts.MountFactsModule;
import dev.molt.runner.module.builtin.facts.PackageFactsModule;
import dev.molt.runner.module.builtin.facts.ServiceFactsModule;
import dev.molt.runner.module.builtin.facts.SetupModule;
import dev.molt.runner.module.builtin.host.HostnameModule;
import dev.molt.runner.module.builtin.host.RebootModule;
import dev.molt.runner.module.builtin.host.WaitForConnectionModule;
import dev.molt.runner.module.builtin.web.GetUrlModule;
import dev.molt.runner.module.builtin.web.UriModule;

/** The modules about commands, services and conditions. */
public final class SystemModules {
  private SystemModules() {}

  /** Adds them under all their names. */
  public static Registry register(Registry registry) {
    return registry
        .add("async_status", AsyncStatusModule::new)
        .add("assert", AssertModule::new)
        .add("command", CommandModule::new)
        .add("debug", DebugModule::new)
        .add("fail", FailModule::new)
        .add("getent", GetentModule::new)
        .add("mount_facts", MountFactsModule::new)
        .add("package_facts", PackageFactsModule::new)
        .add("reboot", RebootModule::new)
        .add("service_facts", ServiceFactsModule::new)
        .add("apt", AptModule::new)
        .add("get_url", GetUrlModule::new)
        .add("group", GroupModule::new)
        .add("hostname", HostnameModule::new)
        .add("uri", UriModule::new)
        .add("wait_for_connection", WaitForConnectionModule::new)
        .add("user", UserModule::new)
        .add("gather_facts", () -> new SetupModule("gather_facts"))
        .add("package", PackageModule::new)
        .add("pause", PauseModule::new)
        .add("pg_check", PgCheckModule::new)
        .add("ping", PingModule::new)
        .add("raw", RawModule::new)
        .add("script", ScriptModule::new)
        .add("service", () -> new ServiceModule("service"))
        .add("set_fact", SetFactModule::new)
        .add("setup", () -> new SetupModule("setup"))
        .add("shell", ShellModule::new)
        .add("systemd", () -> new ServiceModule("systemd"))
        .add("systemd_service", () -> new ServiceModule("systemd_service"))
        .add("wait_for", WaitForModule::new);
  }
}
