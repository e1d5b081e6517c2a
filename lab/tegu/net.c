/* The mail port: a banner and enough SMTP to be greeted. Both ports: accepting clients. */
#include "tegu.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_CLIENTS = 64, CLIENT_SECONDS = 30 };

static atomic_int clients;

int net_listen(int port) {
  int on = 1, off = 0;
  int server = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in6 any6 = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
  struct sockaddr_in any4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  struct sockaddr *address = (struct sockaddr *)&any6;
  socklen_t length = sizeof any6;
  if (server < 0) { /* a kernel without IPv6 */
    server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address = (struct sockaddr *)&any4;
    length = sizeof any4;
  } else {
    setsockopt(server, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  }
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(server, address, length) != 0 || listen(server, 64) != 0) {
    char reason[128];
    snprintf(reason, sizeof reason, "%s", strerror(errno));
    if (reason[0] >= 'A' && reason[0] <= 'Z') reason[0] += 'a' - 'A';
    say("listen tcp :%d: bind: %s", port, reason);
    exit(EXIT_FAILED);
  }
  return server;
}

static bool reply(int client, const char *line) {
  char text[256];
  int length = snprintf(text, sizeof text, "%s\r\n", line);
  return send(client, text, (size_t)length, MSG_NOSIGNAL) == length;
}

static bool command_line(int client, char *line, size_t size) {
  size_t used = 0;
  char byte;
  while (recv(client, &byte, 1, 0) == 1) {
    if (byte == '\n') {
      while (used > 0 && line[used - 1] == '\r') used--;
      line[used] = '\0';
      return true;
    }
    if (used + 1 < size) line[used++] = byte;
  }
  return false;
}

static void smtp_talk(int client) {
  char line[512], answer[128];
  snprintf(answer, sizeof answer, "220 %s TEGU %s ESMTP", state.node, TEGU_VERSION);
  bool going = reply(client, answer);
  while (going && command_line(client, line, sizeof line)) {
    if (strncasecmp(line, "EHLO", 4) == 0 || strncasecmp(line, "HELO", 4) == 0) {
      snprintf(answer, sizeof answer, "250 %s", state.node);
      going = reply(client, answer);
    } else if (strcasecmp(line, "NOOP") == 0) {
      going = reply(client, "250 OK");
    } else if (strcasecmp(line, "QUIT") == 0) {
      reply(client, "221 Bye");
      going = false;
    } else {
      going = reply(client, "502 Command not implemented");
    }
  }
}

struct visit {
  int client;
  void (*talk)(int client);
};

static void *visit(void *argument) {
  struct visit self = *(struct visit *)argument;
  free(argument);
  self.talk(self.client);
  close(self.client);
  atomic_fetch_sub(&clients, 1);
  return NULL;
}

static void welcome(int server, void (*talk)(int client)) {
  int client = accept4(server, NULL, NULL, SOCK_CLOEXEC);
  if (client < 0) {
    if (errno == EMFILE || errno == ENFILE) usleep(10000);
    return;
  }
  struct timeval patience = {.tv_sec = CLIENT_SECONDS};
  setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  struct visit *self = malloc(sizeof *self);
  pthread_t thread;
  if (self == NULL || atomic_fetch_add(&clients, 1) >= MOST_CLIENTS) {
    if (self != NULL) atomic_fetch_sub(&clients, 1);
    free(self);
    close(client);
    return;
  }
  *self = (struct visit){client, talk};
  if (pthread_create(&thread, NULL, visit, self) != 0) {
    atomic_fetch_sub(&clients, 1);
    free(self);
    close(client);
    return;
  }
  pthread_detach(thread);
}

void net_serve(int smtp, int admin, int stop) {
  struct pollfd wait[] = {{.fd = stop, .events = POLLIN}, {.fd = smtp, .events = POLLIN}, {.fd = admin, .events = POLLIN}};
  for (;;) {
    if (poll(wait, 3, -1) < 0) {
      if (errno == EINTR) continue;
      abort();
    }
    if (wait[0].revents != 0) return;
    if (wait[1].revents != 0) welcome(smtp, smtp_talk);
    if (wait[2].revents != 0) welcome(admin, admin_answer);
  }
}
