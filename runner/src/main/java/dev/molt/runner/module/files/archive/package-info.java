/** Archives on the controller, read once and then sent entry by entry. */
package dev.molt.runner.module.files.archive;
