#include "tegu.h"

#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

struct state state;
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;

void state_lock(void) { pthread_mutex_lock(&guard); }
void state_unlock(void) { pthread_mutex_unlock(&guard); }

void say(const char *format, ...) {
  char line[2048];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  fprintf(stderr, "%s\n", line);
}

static int stop_signals(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  sigprocmask(SIG_BLOCK, &set, NULL);
  signal(SIGPIPE, SIG_IGN);
  int stop = signalfd(-1, &set, SFD_CLOEXEC);
  if (stop < 0) abort();
  return stop;
}

int main(int count, char **arguments) {
  const char *path = "/etc/tegu.conf";
  for (int i = 1; i < count; i++) {
    if (strcmp(arguments[i], "--version") == 0) {
      puts("TEGU Enterprise v" TEGU_VERSION);
      return 0;
    }
    if (strcmp(arguments[i], "--config") == 0 && i + 1 < count) {
      path = arguments[++i];
    } else {
      fprintf(stderr, "usage: tegu [--version] [--config FILE]\n");
      return 2;
    }
  }
  static struct config config;
  char reason[1024];
  gethostname(state.node, sizeof state.node - 1);
  state.started = time(NULL);
  say("TEGU Enterprise v" TEGU_VERSION " starting on %s", state.node);
  config_read(path, &config);
  PGconn *db = db_connect(&config, reason, sizeof reason);
  if (db == NULL) {
    say("%s", reason);
    return EXIT_FAILED;
  }
  schema_settle(db, state.node); /* a stop during a migration ends the process: the server rolls back */
  int stop = stop_signals();
  int smtp = net_listen(config.listen_smtp);
  int admin = net_listen(config.listen_admin);
  admin_prepare();
  state.db_ok = true;
  db_watch(&config, db);
  say("ready: schema %s, smtp :%d, admin :%d", state.schema, config.listen_smtp, config.listen_admin);
  net_serve(smtp, admin, stop);
  say("stopping");
  fflush(NULL);
  _exit(0); /* the watching thread may be waiting for a database that is gone */
}
