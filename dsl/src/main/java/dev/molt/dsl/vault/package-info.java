/** Texts encrypted with a password, in the format of Ansible Vault. */
package dev.molt.dsl.vault;
