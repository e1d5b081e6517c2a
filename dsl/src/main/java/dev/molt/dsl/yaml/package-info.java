/** YAML as Ansible reads it (1.1), with the position of every node. */
package dev.molt.dsl.yaml;
