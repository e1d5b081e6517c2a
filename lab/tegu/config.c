#include "tegu.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *trim(char *text) {
  while (isspace((unsigned char)*text)) text++;
  char *end = text + strlen(text);
  while (end > text && isspace((unsigned char)end[-1])) *--end = '\0';
  return text;
}

static void fail(const char *path, int line, const char *what, const char *which) {
  say("%s:%d: %s \"%s\"", path, line, what, which);
  exit(EXIT_FAILED);
}

static int port_number(const char *path, int line, const char *value) {
  char *end;
  long port = strtol(value, &end, 10);
  if (*value == '\0' || *end != '\0' || port < 1 || port > 65535) fail(path, line, "not a port:", value);
  return (int)port;
}

void config_read(const char *path, struct config *config) {
  *config = (struct config){.db_host = "db", .db_port = "5432", .db_name = "tegu_mailboxes",
      .db_user = "tegu", .db_sslmode = "require", .listen_smtp = 25, .listen_admin = 9999};
  const struct { const char *key; char *to; size_t size; } texts[] = {
      {"db_host", config->db_host, sizeof config->db_host},
      {"db_port", config->db_port, sizeof config->db_port},
      {"db_name", config->db_name, sizeof config->db_name},
      {"db_user", config->db_user, sizeof config->db_user},
      {"db_password", config->db_password, sizeof config->db_password},
      {"db_sslmode", config->db_sslmode, sizeof config->db_sslmode},
  };
  FILE *file = fopen(path, "re");
  if (file == NULL) {
    say("open %s: %s", path, strerror(errno));
    exit(EXIT_FAILED);
  }
  char buffer[512];
  for (int line = 1; fgets(buffer, sizeof buffer, file) != NULL; line++) {
    char *key = trim(buffer);
    if (*key == '\0' || *key == '#') continue;
    char *value = strchr(key, '=');
    if (value == NULL) fail(path, line, "expected key = value, not", key);
    *value++ = '\0';
    key = trim(key);
    value = trim(value);
    bool known = true;
    if (strcmp(key, "listen_smtp") == 0) {
      config->listen_smtp = port_number(path, line, value);
    } else if (strcmp(key, "listen_admin") == 0) {
      config->listen_admin = port_number(path, line, value);
    } else {
      known = false;
      for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strcmp(key, texts[i].key) != 0) continue;
        if (strlen(value) >= texts[i].size) fail(path, line, "value too long for", key);
        memcpy(texts[i].to, value, strlen(value) + 1);
        known = true;
      }
    }
    if (!known) fail(path, line, "unknown key", key);
  }
  fclose(file);
}
