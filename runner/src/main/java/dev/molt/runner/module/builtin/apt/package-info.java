/** Packages of Debian and its kin, by apt-get(8) and dpkg-query(1). */
package dev.molt.runner.module.builtin.apt;
