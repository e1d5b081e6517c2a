/** Modules that read, gather, find and make files. */
package dev.molt.runner.module.builtin.file;
