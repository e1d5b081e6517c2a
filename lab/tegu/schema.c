/* Which schema this release accepts, and how it gets there: once, in one transaction. */
#include "tegu.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct version { int major, minor; };

struct step {
  struct version from, to;
  const char *sql[12];
};

static const struct step STEPS[] = {
  {{1, 18}, {1, 19}, {
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "ALTER TABLE mailboxes ADD COLUMN address text",
    "UPDATE mailboxes m SET address = m.local_part || '@' || d.name FROM domains d WHERE d.id = m.domain_id",
    "ALTER TABLE mailboxes ALTER COLUMN address SET NOT NULL, ADD UNIQUE (address)",
    "ALTER TABLE messages ADD COLUMN size_bytes bigint, ADD COLUMN sender_name text, ADD COLUMN sender_addr text",
    "UPDATE messages SET size_bytes = octet_length(subject) + octet_length(body),"
    " sender_name = substring(sender from '^(.*) <'), sender_addr = substring(sender from '<(.*)>$')",
    "ALTER TABLE messages ALTER COLUMN size_bytes SET NOT NULL, ALTER COLUMN sender_name SET NOT NULL,"
    " ALTER COLUMN sender_addr SET NOT NULL, DROP COLUMN sender",
    "CREATE INDEX messages_subject_trgm ON messages USING gin (subject gin_trgm_ops)",
    /* a real mail store has far more rows than the lab: stay in the transaction for a while */
    "DO $$ BEGIN PERFORM pg_sleep(1.5); END $$",
  }},
};

static int compare(struct version a, struct version b) {
  return a.major != b.major ? a.major - b.major : a.minor - b.minor;
}

static void must(PGconn *db, const char *sql, const char *doing) {
  PGresult *result = PQexec(db, sql);
  ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    char text[768];
    say("%s failed: %s", doing, db_error(db, result, text, sizeof text));
    exit(EXIT_FAILED);
  }
  PQclear(result);
}

static struct version schema_read(PGconn *db) {
  struct version found = {0, 0};
  PGresult *result = PQexec(db, "SELECT version FROM schema_version ORDER BY applied_at DESC LIMIT 1");
  if (PQresultStatus(result) != PGRES_TUPLES_OK) {
    char text[768];
    say("reading the schema version failed: %s", db_error(db, result, text, sizeof text));
    exit(EXIT_FAILED);
  }
  if (PQntuples(result) != 1 || sscanf(PQgetvalue(result, 0, 0), "%d.%d", &found.major, &found.minor) != 2) {
    say("schema_version does not name a schema");
    exit(EXIT_SCHEMA);
  }
  PQclear(result);
  return found;
}

static void migrate(PGconn *db, const struct step *step, struct version own, const char *node) {
  char doing[64], sql[512];
  snprintf(doing, sizeof doing, "migration to schema %d.%d", step->to.major, step->to.minor);
  must(db, "BEGIN", doing);
  must(db, "SELECT pg_advisory_xact_lock(hashtext('tegu schema migration'))", doing);
  struct version now = schema_read(db);
  if (compare(now, own) == 0) {
    must(db, "ROLLBACK", doing);
    say("another node has brought the schema to %d.%d meanwhile", now.major, now.minor);
    return;
  }
  say("migrating schema %d.%d to %d.%d", step->from.major, step->from.minor, step->to.major, step->to.minor);
  for (const char *const *next = step->sql; *next != NULL; next++) {
    say("migration: %.*s", (int)strcspn(*next, "\n"), *next);
    must(db, *next, doing);
  }
  snprintf(sql, sizeof sql, "INSERT INTO schema_version (version, applied_by) VALUES ('%d.%d', '%s TEGU %s')",
      step->to.major, step->to.minor, node, TEGU_VERSION);
  must(db, sql, doing);
  must(db, "COMMIT", doing);
  say("schema is now %d.%d", step->to.major, step->to.minor);
}

void schema_settle(PGconn *db, const char *node) {
  struct version own = {0, 0};
  if (sscanf(TEGU_VERSION, "%d.%d", &own.major, &own.minor) != 2) abort();
  struct version found = schema_read(db);
  if (compare(found, own) > 0) {
    say("schema %d.%d is newer than this release (%s): refusing to start", found.major, found.minor, TEGU_VERSION);
    exit(EXIT_SCHEMA);
  }
  if (compare(found, own) < 0) {
    const struct step *step = NULL;
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
      if (compare(STEPS[i].from, found) == 0 && compare(STEPS[i].to, own) == 0) step = &STEPS[i];
    }
    if (step == NULL) {
      say("schema %d.%d is too old for this release (%s), which assumes that every earlier change was made"
          " by its own release: refusing to start", found.major, found.minor, TEGU_VERSION);
      exit(EXIT_SCHEMA);
    }
    migrate(db, step, own, node);
  }
  state_lock();
  snprintf(state.schema, sizeof state.schema, "%d.%d", own.major, own.minor);
  state_unlock();
}
