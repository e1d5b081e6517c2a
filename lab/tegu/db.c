/* The PostgreSQL connection, and its failures in the form that the vendor's driver (pgx) logs. */
#include "tegu.h"

#include <ctype.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CONNECT_SECONDS = 5, WATCH_SECONDS = 2 };

/* "FATAL:  28P01: text" (libpq, verbose) becomes "FATAL: text (SQLSTATE 28P01)". */
static void server_words(const char *message, char *text, size_t size) {
  char severity[16] = "", code[8] = "", rest[512] = "";
  if (sscanf(message, "%15[A-Z]: %5[0-9A-Z]: %511[^\n]", severity, code, rest) == 3) {
    snprintf(text, size, "%s: %s (SQLSTATE %s)", severity, rest, code);
  } else {
    snprintf(text, size, "%.*s", (int)strcspn(message, "\n"), message);
  }
}

const char *db_error(PGconn *db, PGresult *result, char *text, size_t size) {
  const char *code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  if (code != NULL) {
    snprintf(text, size, "%s: %s (SQLSTATE %s)", PQresultErrorField(result, PG_DIAG_SEVERITY),
        PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY), code);
  } else {
    server_words(PQerrorMessage(db), text, size);
  }
  return text;
}

static void why(PGconn *db, const struct config *config, bool late, char *text, size_t size) {
  const char *message = PQerrorMessage(db);
  const char *address = PQhostaddr(db);
  char words[640];
  const char *server = strstr(message, "FATAL:");
  if (server == NULL) server = strstr(message, "ERROR:");
  if (strstr(message, "could not translate host name") != NULL) {
    snprintf(text, size, "hostname resolving error (lookup %s: no such host)", config->db_host);
  } else if (strstr(message, "server does not support SSL") != NULL) {
    snprintf(text, size, "tls error (server refused TLS connection)");
  } else if (server != NULL) {
    server_words(server, words, sizeof words);
    snprintf(text, size, "server error (%s)", words);
  } else if (late) {
    snprintf(text, size, "dial error (dial tcp %s:%s: i/o timeout)", address, config->db_port);
  } else if (strstr(message, "Connection refused") != NULL) {
    snprintf(text, size, "dial error (dial tcp %s:%s: connect: connection refused)", address, config->db_port);
  } else if (strstr(message, "No route to host") != NULL) {
    snprintf(text, size, "dial error (dial tcp %s:%s: connect: no route to host)", address, config->db_port);
  } else {
    const char *last = strstr(message, "failed: ");
    server_words(last != NULL ? last + 8 : message, words, sizeof words);
    snprintf(text, size, "failed to receive message (%s)", words);
  }
}

PGconn *db_connect(const struct config *config, char *reason, size_t size) {
  const char *keys[] = {"host", "port", "dbname", "user", "password", "sslmode", "gssencmode",
      "application_name", "tcp_user_timeout", "keepalives_idle", NULL};
  const char *values[] = {config->db_host, config->db_port, config->db_name, config->db_user,
      config->db_password, config->db_sslmode, "disable", "tegu " TEGU_VERSION, "5000", "5", NULL};
  PGconn *db = PQconnectStartParams(keys, values, 0);
  if (db == NULL) abort();
  PQsetErrorVerbosity(db, PQERRORS_VERBOSE);
  time_t deadline = time(NULL) + CONNECT_SECONDS;
  bool late = false;
  PostgresPollingStatusType step = PGRES_POLLING_WRITING;
  if (PQstatus(db) == CONNECTION_BAD) step = PGRES_POLLING_FAILED;
  while (step == PGRES_POLLING_READING || step == PGRES_POLLING_WRITING) {
    struct pollfd wait = {.fd = PQsocket(db), .events = step == PGRES_POLLING_READING ? POLLIN : POLLOUT};
    int left = (int)(deadline - time(NULL)) * 1000;
    if (left <= 0 || poll(&wait, 1, left) == 0) {
      late = true;
      break;
    }
    step = PQconnectPoll(db);
  }
  if (step == PGRES_POLLING_OK) return db;
  char text[768];
  why(db, config, late, text, sizeof text);
  snprintf(reason, size, "failed to connect to `host=%s user=%s database=%s`: %s", config->db_host,
      config->db_user, config->db_name, text);
  PQfinish(db);
  return NULL;
}

struct watch {
  const struct config *config;
  PGconn *db;
};

static void report(bool ok) {
  state_lock();
  state.db_ok = ok;
  state_unlock();
}

static void *watch(void *argument) {
  struct watch *self = argument;
  char reason[1024], last[1024] = "";
  bool lost = false;
  for (;;) {
    if (!lost) sleep(WATCH_SECONDS);
    lost = false;
    if (self->db == NULL) {
      self->db = db_connect(self->config, reason, sizeof reason);
      if (self->db == NULL) {
        if (strcmp(reason, last) != 0) say("%s", reason);
        memcpy(last, reason, sizeof last);
        continue;
      }
      say("connection to the database is back");
      last[0] = '\0';
      report(true);
    }
    PGresult *result = PQexec(self->db, "SELECT 1");
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
      char text[768];
      say("lost the database connection: %s", db_error(self->db, result, text, sizeof text));
      PQfinish(self->db);
      self->db = NULL;
      lost = true;
      report(false);
    }
    PQclear(result);
  }
  return NULL;
}

void db_watch(const struct config *config, PGconn *db) {
  static struct watch self;
  self = (struct watch){config, db};
  pthread_t thread;
  if (pthread_create(&thread, NULL, watch, &self) != 0) abort();
  pthread_detach(thread);
}
