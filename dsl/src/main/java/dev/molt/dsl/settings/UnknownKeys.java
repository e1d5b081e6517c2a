package dev.molt.dsl.settings;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds keys of {@code ansible.cfg} that are most likely typing mistakes. */
final class UnknownKeys {
  /** What Ansible knows and has no meaning here: mostly folders of plugins, and Python's ways. */
  private static final Map<String, String> ONLY_ANSIBLES =
      Map.of(
          "defaults",
          """
          action_plugins action_warnings admin_users allow_world_readable_tmpfiles async_dir
          become_plugins bin_ansible_callbacks cache_plugins callback_plugins callbacks_enabled
          cliconf_plugins collections_on_ansible_version_mismatch collections_path
          collections_paths collections_scan_sys_path common_remote_group connection_plugins
          cow_selection cowpath cowsay_enabled_stencils debug devel_warning doc_fragment_plugins
          docsite_root_url enable_task_debugger facts_modules filter_plugins home
          httpapi_plugins internal_poll_interval interpreter_python
          invalid_task_attribute_failed inventory_plugins jinja2_native keep_remote_files
          library local_tmp log_filter log_path log_verbosity lookup_plugins module_args
          module_compression module_ignore_exts module_name module_strict_utf8_response
          module_utils netconf_plugins network_group_modules no_target_syslog nocows
          null_representation old_plugin_cache_clear pipelining plugin_filters_cfg
          python_module_rlimit_nofile run_vars_plugins stdout_callback strategy_plugins
          string_conversion_action su syslog_facility system_tmpdirs target_log_info
          task_debugger_ignore_errors terminal_plugins test_plugins use_persistent_connections
          validate_action_group_metadata var_compression_level vars_plugins vars_plugins_enabled
          verbose_to_stderr win_async_startup_timeout
          """,
          "inventory",
          """
          cache cache_connection cache_plugin cache_prefix cache_timeout fact_caching
          fact_caching_connection fact_caching_prefix fact_caching_timeout
          """,
          "ssh_connection",
          """
          control_path control_path_dir pipelining pkcs11_provider scp_executable scp_extra_args
          sftp_batch_mode sftp_executable sftp_extra_args ssh_executable sshpass_prompt
          transfer_method usetty
          """,
          "connection",
          "pipelining",
          "privilege_escalation",
          "agnostic_become_prompt");

  private UnknownKeys() {}

  static List<Diagnostic> of(Map<String, ConfigFile.Entry> entries) {
    if (entries.isEmpty()) {
      return List.of();
    }
    Map<String, Set<String>> known = known();
    List<Diagnostic> warnings = new ArrayList<>();
    entries.forEach(
        (name, entry) -> {
          int dot = name.lastIndexOf('.');
          String section = name.substring(0, dot);
          String key = name.substring(dot + 1);
          Set<String> valid = known.getOrDefault(section, Set.of());
          if (!valid.isEmpty() && !valid.contains(key)) {
            warnings.add(
                Diagnostic.warning(
                        entry.position(), "there is no setting '" + key + "' in [" + section + "]")
                    .withHint(Suggestions.hint(key, valid)));
          }
        });
    return warnings;
  }

  private static Map<String, Set<String>> known() {
    Map<String, Set<String>> known = new LinkedHashMap<>();
    for (Setting<?> setting : Catalog.all()) {
      for (String name : setting.keys()) {
        int dot = name.indexOf('.');
        known
            .computeIfAbsent(name.substring(0, dot), s -> new TreeSet<>())
            .add(name.substring(dot + 1));
      }
    }
    ONLY_ANSIBLES.forEach(
        (section, names) ->
            known
                .computeIfAbsent(section, s -> new TreeSet<>())
                .addAll(List.of(names.strip().split("\\s+"))));
    return known;
  }
}
