package dev.molt.runner.module.files.archive;

/** What an entry of an archive is. */
enum EntryType {
  FILE,
  DIRECTORY,
  LINK,
  HARD_LINK,
  OTHER
}
