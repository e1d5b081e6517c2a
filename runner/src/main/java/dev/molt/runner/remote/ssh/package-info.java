/** Hosts reached over SSH, by SSHJ. Nothing of SSHJ shows outside this package. */
package dev.molt.runner.remote.ssh;
