/* Writes the payload that gives an executable the size of the real one: the same bytes for the same
 * version on every build, three quarters of them incompressible, like code and embedded assets. */
#include <stdint.h>
#include <stdio.h>

enum { NOISE = 22 * 1024 * 1024, TEXT = 8 * 1024 * 1024 };

int main(int count, char **arguments) {
  if (count != 2) return 2;
  uint64_t seed = 1469598103934665603u; /* FNV-1a over the version */
  for (const char *c = arguments[1]; *c != '\0'; c++) seed = (seed ^ (unsigned char)*c) * 1099511628211u;
  for (int i = 0; i < NOISE / 8; i++) {
    uint64_t z = seed += 0x9e3779b97f4a7c15u; /* splitmix64 */
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    z ^= z >> 31;
    if (fwrite(&z, sizeof z, 1, stdout) != 1) return 1;
  }
  for (int written = 0, line = 0; written < TEXT; line++) {
    written += printf("tegu %s resource %08d: the quick brown fox jumps over the lazy dog\n", arguments[1], line);
  }
  return fflush(stdout) == 0 ? 0 : 1;
}
