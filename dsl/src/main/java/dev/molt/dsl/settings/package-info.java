/** What {@code ansible.cfg} and the {@code ANSIBLE_*} variables say. */
package dev.molt.dsl.settings;
