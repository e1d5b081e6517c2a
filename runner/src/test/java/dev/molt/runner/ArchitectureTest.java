package dev.molt.runner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {
  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.molt");
  }

  private static void holds(ArchRule rule) {
    rule.check(classes);
  }

  @Test
  void theLanguageKnowsNothingOfTheRunner() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("dev.molt.dsl..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.molt.runner.."));
  }

  @Test
  void modulesKnowTheirInterfaceAndValuesOnly() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("dev.molt.runner.module..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.molt.runner.engine..",
                "dev.molt.runner.event..",
                "dev.molt.runner.cli..",
                "dev.molt.runner.remote.ssh..",
                "dev.molt.runner.remote.local..",
                "dev.molt.runner.remote.shell..",
                "dev.molt.dsl.playbook..",
                "dev.molt.dsl.inventory..",
                "dev.molt.dsl.vars..",
                "dev.molt.dsl.yaml..",
                "net.schmizz.."));
  }

  @Test
  void theInterfaceOfModulesKnowsNoModule() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("dev.molt.runner.module")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.molt.runner.module.builtin..", "dev.molt.runner.module.files.."));
  }

  @Test
  void connectionsKnowNothingOfWhatTheyAreUsedFor() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("dev.molt.runner.remote..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.molt.runner.engine..",
                "dev.molt.runner.event..",
                "dev.molt.runner.cli..",
                "dev.molt.runner.module..",
                "dev.molt.dsl.."));
  }

  @Test
  void theEngineKnowsNeitherTheCommandLineNorAKindOfConnectionNorAModule() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("dev.molt.runner.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.molt.runner.cli..",
                "dev.molt.runner.module.builtin..",
                "dev.molt.runner.module.files..",
                "dev.molt.runner.remote.ssh..",
                "dev.molt.runner.remote.local..",
                "dev.molt.runner.remote.shell.."));
  }

  @Test
  void onlyOnePackageKnowsTheSshLibrary() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.molt.runner.remote.ssh..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("net.schmizz..", "com.hierynomus.."));
  }

  @Test
  void onlyTerminalsKnowTheLibraryThatEditsLines() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.molt.runner.repl.terminal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jline.."));
  }

  @Test
  void onlyTheCommandLinePrints() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.molt.runner.cli..")
            .and()
            // It takes what scripts print to them.
            .doNotHaveSimpleName("Printed")
            .should()
            .accessTargetWhere(standardStreams()));
  }

  private static DescribedPredicate<JavaAccess<?>> standardStreams() {
    return DescribedPredicate.describe(
        "it is System.out or System.err, or prints a stack trace",
        access ->
            (access instanceof JavaFieldAccess
                    && access.getTargetOwner().isEquivalentTo(System.class)
                    && !access.getTarget().getName().equals("in"))
                || access.getTarget().getName().equals("printStackTrace"));
  }

  @Test
  void onePackageRunsScriptsInThisProcess() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.molt.dsl.hook..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("groovy..", "org.codehaus.groovy..", "org.apache.groovy.."));
    holds(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.script..", "org.python.."));
  }

  @Test
  void onlyVariablesAndTheEngineEvaluateTemplates() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.molt.dsl.template..", "dev.molt.dsl.vars..")
            .should()
            .callMethodWhere(
                DescribedPredicate.describe(
                    "it evaluates a template",
                    call ->
                        call.getTargetOwner()
                                .getName()
                                .equals("dev.molt.dsl.template.TemplateEngine")
                            && (call.getName().equals("render")
                                || call.getName().equals("evaluate")))));
  }
}
