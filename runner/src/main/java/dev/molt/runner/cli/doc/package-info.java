/** {@code molt doc}: what there is to write in a playbook, and its JSON schema. */
package dev.molt.runner.cli.doc;
