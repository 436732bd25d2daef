/* try-udp LIBRARY: RADIO, DISH and DGRAM bear datagrams of any size and content, and keep nothing.
   Used by check-library. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PAIR = 0, RADIO = 14, DISH = 15, DGRAM = 18 };
enum { RCVTIMEO = 27, SNDTIMEO = 28, LINGER = 17, LAST_ENDPOINT = 32 };
enum { IPV6 = 42, SNDBUF = 11, OUT_BATCH_SIZE = 102, SNDMORE = 2 };
enum { EVENT_BIND_FAILED = 0x10, MOST = 65507 };

static void *(*ctx_new) (void), *(*new_socket) (void *, int), *(*msg_data) (void *);
static int (*ctx_term) (void *), (*close_socket) (void *), (*bind_socket) (void *, const char *);
static int (*connect_socket) (void *, const char *), (*set) (void *, int, const void *, size_t);
static int (*send_buffer) (void *, const void *, size_t, int), (*receive_buffer) (void *, void *, size_t, int);
static int (*msg_init_size) (void *, size_t), (*msg_close) (void *), (*msg_send) (void *, void *, int);
static int (*set_group) (void *, const char *), (*join) (void *, const char *);
static int (*monitor) (void *, const char *, int), (*get) (void *, int, void *, size_t *);
static int (*msg_init_data) (void *, void *, size_t, void (*) (void *, void *), void *);

static char large[MOST + 1000], answer[MOST + 1000];
static void *context;

static void expect (const char *what, int ok)
{
    if (!ok) {
        printf ("udp: %s: NO (errno %d)\n", what, errno);
        exit (1);
    }
}

static void *opened (int type)
{
    int second = 1000, none = 0;
    void *socket = new_socket (context, type);
    expect ("a socket", socket != NULL);
    set (socket, SNDTIMEO, &second, sizeof second);
    set (socket, RCVTIMEO, &second, sizeof second);
    set (socket, LINGER, &none, sizeof none);
    return socket;
}

/* A bound socket of the kernel, and its address. */
static int plain_socket (struct sockaddr_in *address, char *endpoint)
{
    socklen_t size = sizeof *address;
    struct timeval second = {1, 0};
    int fd = socket (AF_INET, SOCK_DGRAM, 0);
    memset (address, 0, size);
    address->sin_family = AF_INET;
    address->sin_addr.s_addr = htonl (INADDR_LOOPBACK);
    expect ("a plain socket", fd >= 0 && bind (fd, (struct sockaddr *) address, size) == 0
                                && getsockname (fd, (struct sockaddr *) address, &size) == 0);
    setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second);
    sprintf (endpoint, "udp://127.0.0.1:%d", ntohs (address->sin_port));
    return fd;
}

/* The address of a port that was free just now. */
static void free_port (struct sockaddr_in *address, char *endpoint)
{
    close (plain_socket (address, endpoint));
}

static int publish (void *radio, const char *group, size_t size)
{
    _Alignas (8) char message[64];
    msg_init_size (message, size);
    memset (msg_data (message), 'x', size);
    set_group (message, group);
    int rc = msg_send (message, radio, 0);
    if (rc == -1)
        msg_close (message);
    return rc;
}

/* Whether the socket receives what comes again and again from the plain one: a datagram may come before it is bound. */
static int arrives (int from, const struct sockaddr_in *to, const char *datagram, size_t size, void *at, int body)
{
    int short_time = 50;
    set (at, RCVTIMEO, &short_time, sizeof short_time);
    for (int i = 0; i < 100; i++) {
        sendto (from, datagram, size, 0, (const struct sockaddr *) to, sizeof *to);
        int got = receive_buffer (at, answer, sizeof answer, 0);
        if (got == body)
            return 1;
    }
    return 0;
}

static void dish_bears_any_datagram (void)
{
    struct sockaddr_in address, own;
    char endpoint[40], unused[40];
    free_port (&address, endpoint);
    int fd = plain_socket (&own, unused);
    void *dish = opened (DISH);
    expect ("a DISH that binds", bind_socket (dish, endpoint) == 0 && join (dish, "g") == 0);
    expect ("a datagram that arrives", arrives (fd, &address, "\1gbody", 6, dish, 4));
    for (int first = 0; first < 256; first++) {
        large[0] = (char) first;
        size_t sizes[] = {0, 1, 2, (size_t) first, (size_t) first + 1, (size_t) first + 2, 9000, MOST};
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
            sendto (fd, large, sizes[i], 0, (struct sockaddr *) &address, sizeof address);
    }
    expect ("a DISH that lives", arrives (fd, &address, "\1glong body", 11, dish, 9));
    large[0] = 1, large[1] = 'g';
    expect ("the largest datagram", arrives (fd, &address, large, MOST, dish, MOST - 2));
    close_socket (dish);
    close (fd);
}

static void radio_sends_what_a_datagram_holds (void)
{
    struct sockaddr_in address;
    char endpoint[40], group[256];
    int fd = plain_socket (&address, endpoint);
    void *radio = opened (RADIO);
    memset (group, 'g', 255);
    group[255] = 0;
    expect ("a RADIO that connects", connect_socket (radio, endpoint) == 0);
    size_t sizes[] = {0, 1, 8000, 8191, 8192, 9000, MOST - 256};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        expect ("a message that is sent", publish (radio, group, sizes[i]) == (int) sizes[i]);
        ssize_t size = recv (fd, answer, sizeof answer, 0);
        expect ("a message that comes out", size == (ssize_t) sizes[i] + 256 && (unsigned char) answer[0] == 255);
    }
    expect ("EMSGSIZE", publish (radio, group, MOST - 255) == -1 && errno == EMSGSIZE);
    expect ("EMSGSIZE for much more", publish (radio, "g", 1 << 20) == -1 && errno == EMSGSIZE);
    /* Nobody is there any more: the kernel says so, and the next one gets what is sent then. */
    close (fd);
    for (int i = 0; i < 100; i++)
        publish (radio, "g", 10);
    fd = socket (AF_INET, SOCK_DGRAM, 0);
    struct timeval short_time = {0, 50000};
    setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &short_time, sizeof short_time);
    expect ("the port again", bind (fd, (struct sockaddr *) &address, sizeof address) == 0);
    int came = 0;
    for (int i = 0; i < 100 && !came; i++) {
        publish (radio, "g", 10);
        came = recv (fd, answer, sizeof answer, 0) == 12;
    }
    expect ("a RADIO that goes on", came);
    close_socket (radio);
    close (fd);
}

static void dgram_bears_all (void)
{
    struct sockaddr_in address, own;
    char endpoint[40], peer[40];
    free_port (&address, endpoint);
    int fd = plain_socket (&own, peer), none = 0;
    void *dgram = opened (DGRAM);
    set (dgram, SNDTIMEO, &none, sizeof none);
    expect ("EAGAIN without an endpoint", send_buffer (dgram, "a", 1, SNDMORE) == -1 && errno == EAGAIN);
    int ms = 1000;
    set (dgram, SNDTIMEO, &ms, sizeof ms);
    expect ("a DGRAM that binds", bind_socket (dgram, endpoint) == 0);
    const char *to = peer + strlen ("udp://");
    size_t length = strlen (to);
    expect ("an address", send_buffer (dgram, "nonsense", 8, SNDMORE) == 8 && send_buffer (dgram, "x", 1, 0) == 1);
    expect ("EMSGSIZE", send_buffer (dgram, to, length, SNDMORE) == (int) length
                          && send_buffer (dgram, large, MOST + 1, 0) == -1 && errno == EMSGSIZE);
    size_t sizes[] = {0, 1, 8193, MOST};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        expect ("a message that is sent", send_buffer (dgram, to, length, SNDMORE) == (int) length
                                            && send_buffer (dgram, large, sizes[i], 0) == (int) sizes[i]);
        expect ("a message that comes out", recv (fd, answer, sizeof answer, 0) == (ssize_t) sizes[i]);
    }
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        sendto (fd, large, sizes[i], 0, (struct sockaddr *) &address, sizeof address);
        expect ("a message that comes in", receive_buffer (dgram, answer, sizeof answer, 0) == (int) length + 1
                                             && receive_buffer (dgram, answer, sizeof answer, 0) == (int) sizes[i]);
    }
    close_socket (dgram);
    void *six = opened (DGRAM);
    int yes = 1;
    set (six, IPV6, &yes, sizeof yes);
    expect ("EAFNOSUPPORT for IPv6", bind_socket (six, "udp://[::1]:5555") == -1 && errno == EAFNOSUPPORT);
    close_socket (six);
    close (fd);
}

/* The event that tells of a failed bind. */
static int told (void *events)
{
    int ok = receive_buffer (events, answer, sizeof answer, 0) == 6 && *(unsigned char *) answer == EVENT_BIND_FAILED;
    return ok && receive_buffer (events, answer, sizeof answer, 0) >= 0;
}

static void endpoint_that_cannot_be_had_is_given_up (void)
{
    struct sockaddr_in address;
    char endpoint[40];
    int fd = plain_socket (&address, endpoint);
    void *dish = opened (DISH), *events = opened (PAIR);
    expect ("a monitor", monitor (dish, "inproc://events", EVENT_BIND_FAILED) == 0
                           && connect_socket (events, "inproc://events") == 0);
    bind_socket (dish, endpoint);
    expect ("a taken port that is told", told (events));
    struct timespec before, after, pause = {0, 100000000};
    clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &before);
    nanosleep (&pause, NULL);
    clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &after);
    long spent = (after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec;
    expect ("a taken port that costs nothing", spent < 50000000);
    close_socket (dish);
    close_socket (events);
    /* No file descriptor is free. */
    void *radio = opened (RADIO);
    events = opened (PAIR);
    expect ("a monitor", monitor (radio, "inproc://more-events", EVENT_BIND_FAILED) == 0
                           && connect_socket (events, "inproc://more-events") == 0);
    struct rlimit limit, low;
    getrlimit (RLIMIT_NOFILE, &limit);
    low = limit;
    low.rlim_cur = 3; /* those of the terminal */
    setrlimit (RLIMIT_NOFILE, &low);
    int connected = connect_socket (radio, endpoint), is_told = told (events);
    setrlimit (RLIMIT_NOFILE, &limit);
    expect ("a missing file descriptor that is told", connected == 0 && is_told);
    expect ("a message after that", connect_socket (radio, endpoint) == 0 && publish (radio, "g", 10) == 10
                                      && recv (fd, answer, sizeof answer, 0) == 12);
    close (fd);
    close_socket (radio);
    close_socket (events);
}

static atomic_int kept;

static void give_back (void *data, void *hint)
{
    (void) data, (void) hint;
    atomic_fetch_sub (&kept, 1);
}

/* A DISH written by hand (ZMTP 3.1, NULL) that joins a group and reads nothing, and goes. In small batches a message is
   written as its group, which is long here, and then its content: the connection ends within the group, mostly. */
static void radio_keeps_no_message (void)
{
    static const char ready[] = "\4\32\5READY\13Socket-Type\0\0\0\4DISH";
    static char content[1];
    char group[256];
    void *own = ctx_new ();
    for (int i = 0; i < 10; i++) {
        void *radio = new_socket (own, RADIO);
        char join[] = {4, (char) (250 - 5 * i), 4, 'J', 'O', 'I', 'N'};
        size_t group_size = 245 - 5 * (size_t) i;
        memset (group, 'g', group_size);
        group[group_size] = 0;
        int batch = 3, small = 4096, none = 0, second = 1000;
        size_t length = 40;
        char endpoint[40], greeting[64] = {(char) 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0x7F, 3, 1, 'N', 'U', 'L', 'L'};
        set (radio, OUT_BATCH_SIZE, &batch, sizeof batch);
        set (radio, SNDBUF, &small, sizeof small);
        set (radio, LINGER, &none, sizeof none);
        set (radio, SNDTIMEO, &second, sizeof second);
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK)};
        expect ("a RADIO that binds", bind_socket (radio, "tcp://127.0.0.1:*") == 0
                                        && get (radio, LAST_ENDPOINT, endpoint, &length) == 0);
        address.sin_port = htons ((uint16_t) atoi (strrchr (endpoint, ':') + 1));
        int fd = socket (AF_INET, SOCK_STREAM, 0);
        struct timeval limit = {5, 0};
        setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
        setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        expect ("a DISH", connect (fd, (struct sockaddr *) &address, sizeof address) == 0
                            && write (fd, greeting, 64) == 64 && recv (fd, answer, 64, MSG_WAITALL) == 64
                            && write (fd, ready, sizeof ready - 1) > 0 && write (fd, join, sizeof join) > 0
                            && write (fd, group, group_size) > 0
                            && recv (fd, answer, 29, MSG_WAITALL) == 29);
        for (int j = 0; j < 30000; j++) {
            _Alignas (8) char message[64];
            atomic_fetch_add (&kept, 1);
            msg_init_data (message, content, 1, give_back, NULL);
            set_group (message, group);
            if (msg_send (message, radio, 0) == -1)
                msg_close (message);
            /* It has joined when the first one comes. */
            if (j == 0 && recv (fd, answer, 1, MSG_DONTWAIT) != 1)
                j = -1;
        }
        struct linger at_once = {1, 0};
        setsockopt (fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        close (fd);
        close_socket (radio);
    }
    expect ("a context that ends", ctx_term (own) == 0);
    expect ("all messages given back", atomic_load (&kept) == 0);
}

#define FIND(variable, name) (*(void **) &(variable) = dlsym (library, name))

int main (int argc, char **argv)
{
    if (argc != 2)
        return 2;
    void *library = dlopen (argv[1], RTLD_NOW | RTLD_LOCAL);
    if (!library || !FIND (ctx_new, "zmq_ctx_new") || !FIND (ctx_term, "zmq_ctx_term")
        || !FIND (new_socket, "zmq_socket") || !FIND (close_socket, "zmq_close") || !FIND (bind_socket, "zmq_bind")
        || !FIND (connect_socket, "zmq_connect") || !FIND (set, "zmq_setsockopt") || !FIND (send_buffer, "zmq_send")
        || !FIND (receive_buffer, "zmq_recv") || !FIND (msg_init_size, "zmq_msg_init_size")
        || !FIND (msg_data, "zmq_msg_data") || !FIND (msg_close, "zmq_msg_close") || !FIND (msg_send, "zmq_msg_send")
        || !FIND (set_group, "zmq_msg_set_group") || !FIND (join, "zmq_join")
        || !FIND (monitor, "zmq_socket_monitor") || !FIND (get, "zmq_getsockopt")
        || !FIND (msg_init_data, "zmq_msg_init_data")) {
        printf ("udp: a function is missing\n");
        return 1;
    }
    context = ctx_new ();
    dish_bears_any_datagram ();
    radio_sends_what_a_datagram_holds ();
    dgram_bears_all ();
    endpoint_that_cannot_be_had_is_given_up ();
    radio_keeps_no_message ();
    expect ("a context that ends", ctx_term (context) == 0);
    printf ("udp: bears all\n");
    return 0;
}
