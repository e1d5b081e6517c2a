/* The administration port: HTTPS under a certificate made at start and never written down. */
#include "tegu.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static SSL_CTX *tls;

static void need(bool done, const char *what) {
  if (done) return;
  say("%s: %s", what, ERR_reason_error_string(ERR_get_error()));
  exit(EXIT_FAILED);
}

void admin_prepare(void) {
  EVP_PKEY *key = EVP_EC_gen("P-256");
  X509 *certificate = X509_new();
  need(key != NULL && certificate != NULL, "making a key");
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), (long)time(NULL));
  X509_gmtime_adj(X509_getm_notBefore(certificate), -300);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 365L * 24 * 3600);
  X509_NAME *name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)state.node, -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_set_pubkey(certificate, key);
  need(X509_sign(certificate, key, EVP_sha256()) > 0, "signing the certificate");
  tls = SSL_CTX_new(TLS_server_method());
  need(tls != NULL, "preparing TLS");
  need(SSL_CTX_use_certificate(tls, certificate) == 1 && SSL_CTX_use_PrivateKey(tls, key) == 1, "preparing TLS");
  X509_free(certificate);
  EVP_PKEY_free(key);
}

static int status_json(char *body, size_t size) {
  state_lock();
  int length = snprintf(body, size,
      "{\"version\":\"%s\",\"schema\":\"%s\",\"db\":%s,\"uptime\":%ld,\"node\":\"%s\"}\n", TEGU_VERSION, state.schema,
      state.db_ok ? "true" : "false", (long)(time(NULL) - state.started), state.node);
  state_unlock();
  return length;
}

static bool request_read(SSL *session, char *request, size_t size) {
  size_t used = 0;
  while (used + 1 < size) {
    int got = SSL_read(session, request + used, (int)(size - used - 1));
    if (got <= 0) return false;
    used += (size_t)got;
    request[used] = '\0';
    if (strstr(request, "\r\n\r\n") != NULL) return true;
  }
  return false;
}

void admin_answer(int client) {
  SSL *session = SSL_new(tls);
  char request[4096], body[512], answer[1024];
  if (session == NULL) return;
  SSL_set_fd(session, client);
  if (SSL_accept(session) == 1 && request_read(session, request, sizeof request)) {
    bool known = strncmp(request, "GET /status ", 12) == 0;
    int length = known ? status_json(body, sizeof body) : snprintf(body, sizeof body, "{\"error\":\"not found\"}\n");
    int total = snprintf(answer, sizeof answer,
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s",
        known ? "200 OK" : "404 Not Found", length, body);
    SSL_write(session, answer, total);
    SSL_shutdown(session);
  }
  SSL_free(session);
}
