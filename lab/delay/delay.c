/* delay TAP DEVICE MILLISECONDS: makes a tap device and passes every frame sent to it on to DEVICE, later.
 *
 * For kernels without netem: traffic-control redirects what leaves through DEVICE to the tap, and the frames
 * leave here past traffic-control (PACKET_QDISC_BYPASS), so they are not redirected again. The tap vanishes
 * with this process. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { QUEUE = 16384, FRAME = 2048 };

struct frame {
  long long due; /* microseconds */
  ssize_t length;
  char bytes[FRAME];
};

static void need(int result, const char *what) {
  if (result >= 0) return;
  perror(what);
  exit(1);
}

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static int tap_open(const char *name) {
  struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};
  int tap = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  need(tap, "/dev/net/tun");
  snprintf(request.ifr_name, IFNAMSIZ, "%s", name);
  need(ioctl(tap, TUNSETIFF, &request), "making the tap");
  int control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  need(ioctl(control, SIOCGIFFLAGS, &request), "reading the tap's flags");
  request.ifr_flags |= IFF_UP;
  need(ioctl(control, SIOCSIFFLAGS, &request), "raising the tap");
  close(control);
  return tap;
}

static int device_open(const char *name) {
  int on = 1;
  int device = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0); /* protocol 0: it only sends */
  need(device, "packet socket");
  struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_ifindex = (int)if_nametoindex(name)};
  need(bind(device, (struct sockaddr *)&address, sizeof address), name);
  need(setsockopt(device, SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof on), "PACKET_QDISC_BYPASS");
  return device;
}

int main(int count, char **arguments) {
  if (count != 4) return 2;
  long long delay = atoll(arguments[3]) * 1000;
  int device = device_open(arguments[2]);
  int tap = tap_open(arguments[1]);
  struct frame *queue = calloc(QUEUE, sizeof *queue);
  if (queue == NULL) return 1;
  for (unsigned head = 0, tail = 0;;) {
    while (head != tail && queue[head % QUEUE].due <= now()) {
      struct frame *frame = &queue[head++ % QUEUE];
      if (send(device, frame->bytes, (size_t)frame->length, 0) < 0 && errno == ENODEV) return 0;
    }
    long long left = head == tail ? 1000000 : queue[head % QUEUE].due - now();
    struct timespec wait = {.tv_sec = left > 0 ? left / 1000000 : 0, .tv_nsec = left > 0 ? left % 1000000 * 1000 : 0};
    struct pollfd ready = {.fd = tap, .events = POLLIN};
    if (ppoll(&ready, 1, &wait, NULL) <= 0) continue;
    while (tail - head < QUEUE) { /* a full queue leaves the frames to the tap, which drops them */
      struct frame *frame = &queue[tail % QUEUE];
      frame->length = read(tap, frame->bytes, FRAME);
      if (frame->length <= 0) break;
      frame->due = now() + delay;
      tail++;
    }
  }
}
