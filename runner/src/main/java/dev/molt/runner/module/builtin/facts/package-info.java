/**
 * What there is to know about a host: {@code setup}, and the other modules that only gather. All is
 * found out by one sh script with coreutils, /proc and /sys; other programs are asked only where
 * they happen to be there.
 */
package dev.molt.runner.module.builtin.facts;
