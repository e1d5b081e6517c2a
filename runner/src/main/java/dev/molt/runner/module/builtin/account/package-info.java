/** Users and groups of a host, by getent(1) and the shadow suite's programs. */
package dev.molt.runner.module.builtin.account;
