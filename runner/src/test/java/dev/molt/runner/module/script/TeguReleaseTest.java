package dev.molt.runner.module.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.Python;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The version policy of the shipped upgrade. */
class TeguReleaseTest {
  private static final GroovyModule MODULE =
      GroovyModule.load(
          "tegu_release",
          Path.of(System.getProperty("molt.home", ".."), "playbooks/library/tegu_release.groovy"));

  @TempDir Path folder;

  private String program(String says) throws IOException {
    Path program = folder.resolve("it's tegu");
    Files.writeString(program, "#!/bin/sh\necho '" + says + "'\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program.toString();
  }

  private GroovyModule.Options options(
      String installed, String wanted, String database, boolean skip) throws IOException {
    String program = program("TEGU Enterprise v" + installed);
    return database == null
        ? OptionsKit.of(MODULE, "wanted", wanted, "program", program, "skip_releases", skip)
        : OptionsKit.of(
            MODULE,
            "wanted",
            wanted,
            "program",
            program,
            "database",
            database,
            "skip_releases",
            skip);
  }

  @ParameterizedTest
  @CsvSource({
    "1.18.60, 1.18.60, , false",
    "1.18.60, 1.18.61, 1.18, false",
    "1.18.60, 1.19.0, 1.18, false",
    "1.9.60, 1.10.2, 1.9, false",
    "1.18.60, 1.19.44, 1.19, false",
    "1.18.60, 1.20.1, 1.18, true",
    "1.18.60, 2.0.0, 1.18, true",
    "1.18.60, 1.20.1, , false",
  })
  void allowed(String installed, String wanted, String database, boolean skip) throws Exception {
    try (ModuleKit kit = ModuleKit.local()) {
      assertThat(
              Python.str(
                  kit.unchanged(MODULE, options(installed, wanted, database, skip))
                      .applied()
                      .result()
                      .get("version")))
          .isEqualTo(installed);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.19.44, 1.18.60, , false, 'refused: 1.19.44 is installed, and 1.18.60 is lower.'",
    "1.19.44, 1.19.43, , true, 'refused: 1.19.44 is installed, and 1.19.43 is lower.'",
    "1.10.0, 1.9.99, , false, 'and 1.9.99 is lower'",
    "1.18.60, 1.18.61, 1.19, true, 'the database has the structure of 1.19 already'",
    "1.18.60, 1.20.0, 1.18, false, 'every change of it must be made by its own release'",
    "1.18.60, 2.0.0, 1.18, false, 'Upgrade to each version between 1.18 and 2.0.0 in turn'",
  })
  void refused(String installed, String wanted, String database, boolean skip, String why)
      throws Exception {
    GroovyModule.Options options = options(installed, wanted, database, skip);
    try (ModuleKit kit = ModuleKit.local()) {
      assertThatThrownBy(() -> kit.check(MODULE, options))
          .isInstanceOf(ModuleException.class)
          .hasMessageContaining(why);
      assertThatThrownBy(() -> kit.apply(MODULE, options)).hasMessageContaining(why);
    }
  }

  @Test
  void aProgramThatTellsNoVersion() throws Exception {
    try (ModuleKit kit = ModuleKit.local()) {
      GroovyModule.Options none =
          OptionsKit.of(MODULE, "wanted", "1.2.3", "program", program("hello"));
      assertThatThrownBy(() -> kit.check(MODULE, none)).hasMessageContaining("holds no version");
      GroovyModule.Options missing =
          OptionsKit.of(MODULE, "wanted", "1.2.3", "program", "/nowhere/tegu");
      assertThatThrownBy(() -> kit.check(MODULE, missing)).hasMessageContaining("not found");
    }
  }
}
