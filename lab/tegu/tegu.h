/* A stand-in for the TEGU mail server: just enough of one to be upgraded honestly. */
#ifndef TEGU_H
#define TEGU_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#ifndef TEGU_VERSION
#error "compile with -DTEGU_VERSION=\"major.minor.build\""
#endif

/* Exit statuses. 78 (EX_CONFIG) is in the unit's RestartPreventExitStatus. */
enum { EXIT_FAILED = 1, EXIT_SCHEMA = 78 };

struct config {
  char db_host[128], db_port[16], db_name[64], db_user[64], db_password[128], db_sslmode[16];
  int listen_smtp, listen_admin;
};

/* What the administration port reports; guarded by state_lock()/state_unlock(). */
struct state {
  char node[64];
  char schema[32];
  bool db_ok;
  time_t started;
};
extern struct state state;
void state_lock(void);
void state_unlock(void);

__attribute__((format(printf, 1, 2))) void say(const char *format, ...);

void config_read(const char *path, struct config *config);

/* Connects, or returns NULL after writing the reason, in the words of the vendor's driver. */
PGconn *db_connect(const struct config *config, char *reason, size_t size);
/* The server's answer as "ERROR: text (SQLSTATE xxxxx)". */
const char *db_error(PGconn *db, PGresult *result, char *text, size_t size);
/* Watches the connection for the life of the process, in a thread of its own. */
void db_watch(const struct config *config, PGconn *db);

/* Brings the schema up to this release or ends the process. */
void schema_settle(PGconn *db, const char *node);

int net_listen(int port);
/* Serves both ports until a descriptor in `stop` becomes readable. */
void net_serve(int smtp, int admin, int stop);
void admin_prepare(void);
void admin_answer(int client);

#endif
