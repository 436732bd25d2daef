/* try-peers LIBRARY HARDENED: faults of libzmq that peers or the system bring about, each in a process of its own that
   must not end for them. HARDENED: the names of the edits that are in; the others are not tried. Used by check-library. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PUB = 1, DEALER = 5, ROUTER = 6, PULL = 7, PUSH = 8, STREAM = 11, RADIO = 14, DISH = 15, CHANNEL = 20 };
enum { ROUTING_ID = 5, EVENTS = 15, LINGER = 17, RCVHWM = 24, RCVTIMEO = 27, SNDTIMEO = 28, LAST_ENDPOINT = 32 };
enum { HEARTBEAT_IVL = 75, HEARTBEAT_TIMEOUT = 77, DONTWAIT = 1, SNDMORE = 2 };

static void *(*ctx_new) (void), *(*new_socket) (void *, int);
static int (*ctx_term) (void *), (*close_socket) (void *), (*bind_socket) (void *, const char *);
static int (*connect_socket) (void *, const char *), (*disconnect) (void *, const char *);
static int (*set) (void *, int, const void *, size_t), (*get) (void *, int, void *, size_t *);
static int (*send_buffer) (void *, const void *, size_t, int), (*receive_buffer) (void *, void *, size_t, int);
static int (*recviov) (void *, struct iovec *, size_t *, int), (*msg_send) (void *, void *, int);
static int (*monitor) (void *, const char *, uint64_t, int, int), (*pipes_stats) (void *);
static int (*msg_init_data) (void *, void *, size_t, void (*) (void *, void *), void *);

static void *context;
static char bytes[4096], endpoint[100];

static void expect (const char *what, int ok)
{
    if (!ok) {
        printf ("%s: NO (errno %d)\n", what, errno);
        fflush (stdout);
        _exit (1);
    }
}

static void *opened (int type)
{
    int limit = 5000, none = 0;
    void *socket = new_socket (context, type);
    expect ("a socket", socket != NULL);
    set (socket, RCVTIMEO, &limit, sizeof limit);
    set (socket, SNDTIMEO, &limit, sizeof limit);
    set (socket, LINGER, &none, sizeof none);
    return socket;
}

static void *bound (int type, const char *where)
{
    void *socket = opened (type);
    size_t size = sizeof endpoint;
    expect ("a bind", bind_socket (socket, where) == 0 && get (socket, LAST_ENDPOINT, endpoint, &size) == 0);
    return socket;
}

static void *connected (int type)
{
    void *socket = opened (type);
    expect ("a connect", connect_socket (socket, endpoint) == 0);
    return socket;
}

/* A plain connection to the endpoint that was bound last, which is of tcp or ws. */
static int plain_peer (void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK)};
    struct timeval limit = {5, 0};
    address.sin_port = htons ((uint16_t) atoi (strrchr (endpoint, ':') + 1));
    int fd = socket (AF_INET, SOCK_STREAM, 0);
    setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    expect ("a connection", connect (fd, (struct sockaddr *) &address, sizeof address) == 0);
    return fd;
}

/* A socket of the type is connected to a plain server, whose end of the connection comes back. It is the endpoint now. */
static int plain_server (int type, void **socket_of_type)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK)};
    struct timeval limit = {5, 0};
    socklen_t size = sizeof address;
    int server = socket (AF_INET, SOCK_STREAM, 0);
    expect ("a server", bind (server, (struct sockaddr *) &address, size) == 0 && listen (server, 1) == 0
                          && getsockname (server, (struct sockaddr *) &address, &size) == 0);
    snprintf (endpoint, sizeof endpoint, "tcp://127.0.0.1:%d", ntohs (address.sin_port));
    *socket_of_type = connected (type);
    int fd = accept (server, NULL, NULL);
    close (server);
    setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    return fd;
}

/* Ends a connection as if it were broken. */
static void reset (int fd)
{
    struct linger none = {1, 0};
    setsockopt (fd, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    close (fd);
}

/* The handshake of ZMTP 3.1, as a socket of the type. */
static int shake_hands (int fd, const char *type)
{
    char greeting[64] = {(char) 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0x7F, 3, 1, 'N', 'U', 'L', 'L'}, ready[100] = {4};
    size_t size = strlen (type);
    memcpy (ready + 2, "\5READY\13Socket-Type\0\0\0", 21);
    ready[23] = (char) size;
    memcpy (ready + 24, type, size);
    ready[1] = (char) (22 + size);
    expect ("a greeting", write (fd, greeting, 64) == 64 && recv (fd, bytes, 64, MSG_WAITALL) == 64);
    expect ("a handshake", write (fd, ready, 24 + size) > 0 && recv (fd, bytes, 2, MSG_WAITALL) == 2
                             && recv (fd, bytes + 2, (size_t) bytes[1], MSG_WAITALL) == bytes[1]);
    return fd;
}

static int zmtp_peer (const char *type)
{
    return shake_hands (plain_peer (), type);
}

static void say (int fd, const char *what, size_t size)
{
    expect ("a write", write (fd, what, size) == (ssize_t) size);
}

/* One more peer is served. */
static void lives (void *pull)
{
    void *push = connected (PUSH);
    expect ("a message", send_buffer (push, "alive", 5, 0) == 5 && receive_buffer (pull, bytes, sizeof bytes, 0) == 5);
    close_socket (push);
}

static void try_ping (void)
{
    void *pull = bound (PULL, "tcp://127.0.0.1:*");
    int fd = zmtp_peer ("PUSH");
    say (fd, "\4\5\4PING", 7);
    say (fd, "\4\12\4PING\0\0abc", 12);
    expect ("the answer to the second", recv (fd, bytes, 10, MSG_WAITALL) == 10
                                          && memcmp (bytes, "\4\10\4PONGabc", 10) == 0);
    lives (pull);
}

static void try_group (void)
{
    bound (RADIO, "tcp://127.0.0.1:*");
    int fd = zmtp_peer ("DISH");
    char join[9 + 5 + 300] = {6, 0, 0, 0, 0, 0, 0, 1, (char) (305 - 256), 4, 'J', 'O', 'I', 'N'};
    memset (join + 14, 'g', 300);
    say (fd, join, sizeof join);
    expect ("the end of the connection", recv (fd, bytes, 1, 0) <= 0);
    close (zmtp_peer ("DISH"));
}

static void try_routing_id (void)
{
    unsigned char id[5];
    void *router = bound (ROUTER, "tcp://127.0.0.1:*");
    expect ("the first", send_buffer (connected (DEALER), "a", 1, 0) == 1
                           && receive_buffer (router, id, 5, 0) == 5 && receive_buffer (router, bytes, 1, 0) == 1);
    for (int i = 4; i > 0 && ++id[i] == 0; i--) {
    }
    void *thief = opened (DEALER);
    set (thief, ROUTING_ID, id, 5);
    expect ("one with the next id", connect_socket (thief, endpoint) == 0 && send_buffer (thief, "b", 1, 0) == 1
                                      && receive_buffer (router, bytes, 5, 0) == 5
                                      && receive_buffer (router, bytes, 1, 0) == 1);
    expect ("the next one", send_buffer (connected (DEALER), "c", 1, 0) == 1
                              && receive_buffer (router, bytes, 5, 0) == 5
                              && receive_buffer (router, bytes, 1, 0) == 1);
}

/* A peer comes back under its name before the ROUTER has looked. */
static void try_same_id (void)
{
    void *router = bound (ROUTER, "tcp://127.0.0.1:*");
    for (int i = 0; i < 3; i++) {
        void *dealer = opened (DEALER);
        set (dealer, ROUTING_ID, "name", 4);
        expect ("a message to the ROUTER", connect_socket (dealer, endpoint) == 0 && send_buffer (dealer, "a", 1, 0) == 1);
        usleep (50000);
        expect ("its name", receive_buffer (router, bytes, sizeof bytes, 0) == 4 && memcmp (bytes, "name", 4) == 0
                              && receive_buffer (router, bytes, sizeof bytes, 0) == 1);
        expect ("an answer", send_buffer (router, "name", 4, SNDMORE) == 4 && send_buffer (router, "b", 1, 0) == 1
                               && receive_buffer (dealer, bytes, sizeof bytes, 0) == 1);
        close_socket (dealer);
        usleep (50000);
    }
}

static void try_pipe_pending (void)
{
    void *router = opened (ROUTER), *dealer = opened (DEALER);
    expect ("a connect that is taken back", connect_socket (router, "inproc://pending") == 0
                                              && disconnect (router, "inproc://pending") == 0);
    int events = 0;
    size_t size = sizeof events;
    expect ("the end of its pipe", get (router, EVENTS, &events, &size) == 0);
    expect ("a bind", bind_socket (dealer, "inproc://pending") == 0);
}

static void try_emfile (void)
{
    struct sockaddr_un address = {AF_UNIX, ""};
    struct rlimit limit, low;
    /* A name that is in no folder. */
    char name[100];
    snprintf (name, sizeof name, "ipc://@panamq-try-peers-%d", (int) getpid ());
    void *pull = bound (PULL, name), *later = opened (PUSH);
    size_t length = strlen (name) - strlen ("ipc://");
    memcpy (address.sun_path + 1, name + strlen ("ipc://@"), length - 1);
    int fd = socket (AF_UNIX, SOCK_STREAM, 0);
    getrlimit (RLIMIT_NOFILE, &limit);
    low = limit;
    low.rlim_cur = 3; /* those of the terminal */
    setrlimit (RLIMIT_NOFILE, &low);
    int rc = connect (fd, (struct sockaddr *) &address, (socklen_t) (offsetof (struct sockaddr_un, sun_path) + length));
    usleep (100000);
    setrlimit (RLIMIT_NOFILE, &limit);
    expect ("a connection", rc == 0 && connect_socket (later, endpoint) == 0);
    expect ("a message", send_buffer (later, "alive", 5, 0) == 5 && receive_buffer (pull, bytes, 5, 0) == 5);
}

static void try_reaper_signal (void)
{
    struct rlimit limit, low;
    void *dish = opened (DISH), *refused;
    getrlimit (RLIMIT_NOFILE, &limit);
    low = limit;
    low.rlim_cur = 3; /* those of the terminal */
    setrlimit (RLIMIT_NOFILE, &low);
    refused = new_socket (context, DISH);
    int reason = errno, closed = close_socket (dish);
    int ended = ctx_term (context);
    setrlimit (RLIMIT_NOFILE, &limit);
    expect ("no socket without a file descriptor", refused == NULL && reason == EMFILE);
    expect ("one that is closed without", closed == 0 && ended == 0);
}

static void *exchange (void *channel)
{
    char got;
    for (int i = 0; i < 3000000; i++) {
        send_buffer (channel, "x", 1, DONTWAIT);
        receive_buffer (channel, &got, 1, DONTWAIT);
    }
    return NULL;
}

static void try_safe_mailbox (void)
{
    pthread_t others[3];
    void *one = bound (CHANNEL, "inproc://channel"), *two = connected (CHANNEL);
    for (int i = 0; i < 3; i++)
        expect ("a thread", pthread_create (&others[i], NULL, exchange, i == 0 ? two : one) == 0);
    exchange (two);
    for (int i = 0; i < 3; i++)
        expect ("its end", pthread_join (others[i], NULL) == 0);
    close_socket (one);
    close_socket (two);
    expect ("a context that ends", ctx_term (context) == 0);
}

static const char upgrade[] = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: ZWS2.0\r\n\r\n";

static void try_stream (void)
{
    void *stream = bound (STREAM, "ws://127.0.0.1:*");
    int fd = plain_peer ();
    say (fd, upgrade, sizeof upgrade - 1);
    /* A routing id, a frame with more behind it, and the last one: masked with zeros. */
    say (fd, "\202\201\0\0\0\0\0" "\202\202\0\0\0\0\1a" "\202\202\0\0\0\0\0b", 7 + 8 + 8);
    for (int content = 0; content != 'b'; content = bytes[0])
        expect ("a frame", receive_buffer (stream, bytes, sizeof bytes, 0) >= 0);
}

static void try_ws (void)
{
    void *pull = opened (PULL);
    int interval = 20;
    size_t size = sizeof endpoint;
    set (pull, HEARTBEAT_IVL, &interval, sizeof interval);
    expect ("a bind", bind_socket (pull, "ws://127.0.0.1:*") == 0 && get (pull, LAST_ENDPOINT, endpoint, &size) == 0);
    int fd = plain_peer ();
    say (fd, upgrade, sizeof upgrade - 1);
    ssize_t got = 0, total = 0;
    while (total < (ssize_t) sizeof bytes && (got = recv (fd, bytes, sizeof bytes, 0)) > 0)
        total += got; /* its pings, until it finds that nobody answers */
    lives (pull);
}

/* Its input waits for the application when its connection breaks, and then it pings. */
static void try_io_error (void)
{
    void *pull = opened (PULL);
    int one = 1, interval = 20, long_time = 5000;
    size_t size = sizeof endpoint;
    set (pull, RCVHWM, &one, sizeof one);
    set (pull, HEARTBEAT_IVL, &interval, sizeof interval);
    set (pull, HEARTBEAT_TIMEOUT, &long_time, sizeof long_time);
    expect ("a bind", bind_socket (pull, "tcp://127.0.0.1:*") == 0 && get (pull, LAST_ENDPOINT, endpoint, &size) == 0);
    int fd = zmtp_peer ("PUSH");
    for (int i = 0; i < 100; i++)
        say (fd, "\0\5early", 7);
    expect ("pings", recv (fd, bytes, 18, MSG_WAITALL) == 18);
    reset (fd);
    usleep (5 * interval * 1000);
    do
        expect ("what came before", receive_buffer (pull, bytes, 5, 0) == 5);
    while (receive_buffer (pull, bytes, 5, DONTWAIT) == 5);
    lives (pull);
}

/* A frame of ws that says no known thing ends its connection. */
static void try_decoder_errno (void)
{
    bound (PULL, "ws://127.0.0.1:*");
    int fd = plain_peer ();
    usleep (50000); /* The socket has read nothing, and remembers that. */
    say (fd, upgrade, sizeof upgrade - 1);
    expect ("an answer", recv (fd, bytes, sizeof bytes, 0) > 0);
    usleep (50000);
    say (fd, "\207\200\0\0\0\0", 6);
    ssize_t got;
    do
        got = recv (fd, bytes, sizeof bytes, 0);
    while (got > 0);
    expect ("the end of the connection", got == 0 || errno == ECONNRESET);
}

/* After disconnect a socket without linger gives up its connection at once, and waits for the application to be done. */
static void give_up (void *socket)
{
    expect ("a disconnect", disconnect (socket, endpoint) == 0);
    usleep (50000);
}

static void try_half_sent (void)
{
    enum { SIZE = 32 << 20 };
    void *push;
    int fd = shake_hands (plain_server (PUSH, &push), "PULL");
    char *large = calloc (1, SIZE);
    expect ("two frames", send_buffer (push, large, SIZE, SNDMORE) == SIZE && send_buffer (push, "b", 1, 0) == 1);
    expect ("the start of the first", recv (fd, bytes, sizeof bytes, MSG_WAITALL) == sizeof bytes);
    usleep (50000);
    give_up (push);
    reset (fd);
    usleep (50000);
    close_socket (push);
    free (large);
    lives (bound (PULL, "tcp://127.0.0.1:*"));
}

static void try_handshake_race (void)
{
    void *router, *pub;
    int fd = plain_server (ROUTER, &router);
    say (fd, "\377\0\0\0\0\0\0\0\1\177\1\5", 12); /* A DEALER of ZMTP 2.0, which has still to say its id. */
    expect ("a greeting", recv (fd, bytes, 12, MSG_WAITALL) == 12);
    give_up (router);
    say (fd, "\0\1a", 3);
    usleep (50000);
    close_socket (router);
    fd = plain_server (PUB, &pub);
    say (fd, "\2", 1); /* A SUB of ZMTP 1.0, which has sent half of its id. */
    expect ("a greeting", recv (fd, bytes, 10, MSG_WAITALL) == 10);
    give_up (pub);
    say (fd, "\0a", 2);
    usleep (50000);
    close_socket (pub);
    lives (bound (PULL, "tcp://127.0.0.1:*"));
}

static void give_back (void *data, void *hint)
{
    (void) data, (void) hint;
}

static void try_tcp_efault (void)
{
    enum { SIZE = 1 << 20 };
    _Alignas (8) char message[64];
    void *pull = bound (PULL, "tcp://127.0.0.1:*"), *push = connected (PUSH);
    int fd = memfd_create ("cut", 0);
    expect ("a mapping", ftruncate (fd, SIZE) == 0);
    void *map = mmap (NULL, SIZE, PROT_READ, MAP_SHARED, fd, 0);
    expect ("a cut", ftruncate (fd, 0) == 0);
    msg_init_data (message, map, SIZE, give_back, NULL);
    expect ("a message of memory that is gone", msg_send (message, push, 0) == SIZE);
    lives (pull);
}

static void try_recviov (void)
{
    struct iovec vector[2];
    size_t count = 2;
    void *pull = bound (PULL, "tcp://127.0.0.1:*"), *push = connected (PUSH);
    expect ("two frames", send_buffer (push, "a", 1, SNDMORE) == 1 && send_buffer (push, bytes, 1000, 0) == 1000);
    expect ("both", recviov (pull, vector, &count, 0) == 2 && count == 2 && vector[1].iov_len == 1000);
    free (vector[0].iov_base);
    free (vector[1].iov_base);
}

/* A socket has seen the end of a connection whose other half is gone, and asks how full its queues are. */
static void try_pipe_stats (void)
{
    enum { PAIR = 0, PIPES_STATS = 0x10000 };
    void *pull = bound (PULL, "tcp://127.0.0.1:*");
    int events;
    size_t size = sizeof events;
    expect ("a monitor", monitor (pull, "inproc://events", PIPES_STATS, 2, PAIR) == 0
                           && connect_socket (opened (PAIR), "inproc://events") == 0);
    int fd = zmtp_peer ("PUSH");
    say (fd, "\0\5hello", 7);
    expect ("a message", receive_buffer (pull, bytes, sizeof bytes, 0) == 5 && pipes_stats (pull) == 0);
    close (fd);
    for (int i = 0; i < 2; i++) {
        usleep (50000);
        expect ("the end", get (pull, EVENTS, &events, &size) == 0);
        usleep (50000);
        pipes_stats (pull);
    }
    usleep (50000);
    lives (pull);
}

static const struct { const char *edit; void (*function) (void); } all[] = {
  {"ping", try_ping}, {"group", try_group}, {"routing-id", try_routing_id}, {"same-id", try_same_id},
  {"pipe-pending", try_pipe_pending}, {"emfile", try_emfile}, {"reaper-signal", try_reaper_signal},
  {"stream", try_stream}, {"ws", try_ws}, {"io-error", try_io_error}, {"decoder-errno", try_decoder_errno},
  {"half-sent", try_half_sent}, {"handshake-race", try_handshake_race}, {"pipe-stats", try_pipe_stats},
  {"safe-mailbox", try_safe_mailbox}, {"tcp-efault", try_tcp_efault}, {"recviov", try_recviov}};

#define FIND(variable, name) (*(void **) &(variable) = dlsym (library, name))

static int in_own_process (const char *path, void (*function) (void))
{
    int status = 0;
    pid_t child = fork ();
    if (child == 0) {
        void *library = dlopen (path, RTLD_NOW | RTLD_LOCAL);
        if (!library || !FIND (ctx_new, "zmq_ctx_new") || !FIND (ctx_term, "zmq_ctx_term")
            || !FIND (new_socket, "zmq_socket") || !FIND (close_socket, "zmq_close")
            || !FIND (bind_socket, "zmq_bind") || !FIND (connect_socket, "zmq_connect")
            || !FIND (disconnect, "zmq_disconnect") || !FIND (set, "zmq_setsockopt") || !FIND (get, "zmq_getsockopt")
            || !FIND (send_buffer, "zmq_send") || !FIND (receive_buffer, "zmq_recv")
            || !FIND (recviov, "zmq_recviov") || !FIND (msg_send, "zmq_msg_send")
            || !FIND (monitor, "zmq_socket_monitor_versioned")
            || !FIND (pipes_stats, "zmq_socket_monitor_pipes_stats") || !FIND (msg_init_data, "zmq_msg_init_data"))
            _exit (2);
        alarm (60);
        context = ctx_new ();
        function ();
        _exit (0);
    }
    return child > 0 && waitpid (child, &status, 0) == child && WIFEXITED (status) && WEXITSTATUS (status) == 0;
}

int main (int argc, char **argv)
{
    int wrong = 0;
    if (argc != 3)
        return 2;
    char names[4096], name[100];
    snprintf (names, sizeof names, ",%s,", argv[2]);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        snprintf (name, sizeof name, ",%s,", all[i].edit);
        if (!strstr (names, name))
            continue;
        fflush (stdout);
        int ok = in_own_process (argv[1], all[i].function);
        printf ("%s: %s\n", all[i].edit, ok ? "yes" : "NO");
        wrong |= !ok;
    }
    return wrong;
}
