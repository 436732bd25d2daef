/* try-library LIBRARY VERSION HARDENED: loads it and asks for all it must have. Used by check-library. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int wrong;

/* A message over memory of ours is closed: its node comes back. */
static int gives_back (void *library)
{
    int (*init_data) (void *, void *, size_t, void *, void *) =
      (int (*) (void *, void *, size_t, void *, void *)) dlsym (library, "zmq_msg_init_data");
    int (*msg_close) (void *) = (int (*) (void *)) dlsym (library, "zmq_msg_close");
    void *free_function = dlsym (library, "panamq_free");
    long (*released) (long) = (long (*) (long)) dlsym (library, "panamq_released");
    static char bytes[100];
    struct { void *next; long number; } node = {&node, 7};
    _Alignas (8) char message[64];
    if (!init_data || !msg_close || !free_function || !released)
        return 0;
    return released (0) == 0 && released (1) == 0
           && init_data (message, bytes, sizeof bytes, free_function, &node) == 0 && released (0) == 0
           && msg_close (message) == 0 && released (1000) == (long) &node && node.next == NULL && node.number == 7
           && released (0) == 0;
}

/* A socket with RECONNECT_STOP that was never disconnected tries an ipc endpoint again that refuses it, whatever the
   memory of the socket held before. */
static int tries_again (void *library)
{
    enum { PAIR = 0, PUSH = 8, LINGER = 17, RCVTIMEO = 27, RECONNECT_STOP = 109, CONNECT_RETRIED = 4 };
    void *(*ctx_new) (void) = (void *(*) (void)) dlsym (library, "zmq_ctx_new");
    int (*ctx_term) (void *) = (int (*) (void *)) dlsym (library, "zmq_ctx_term");
    void *(*new_socket) (void *, int) = (void *(*) (void *, int)) dlsym (library, "zmq_socket");
    int (*close_socket) (void *) = (int (*) (void *)) dlsym (library, "zmq_close");
    int (*set) (void *, int, const void *, size_t) =
      (int (*) (void *, int, const void *, size_t)) dlsym (library, "zmq_setsockopt");
    int (*connect_socket) (void *, const char *) = (int (*) (void *, const char *)) dlsym (library, "zmq_connect");
    int (*monitor) (void *, const char *, int) =
      (int (*) (void *, const char *, int)) dlsym (library, "zmq_socket_monitor");
    int (*receive) (void *, void *, size_t, int) =
      (int (*) (void *, void *, size_t, int)) dlsym (library, "zmq_recv");
    int (*init_size) (void *, size_t) = (int (*) (void *, size_t)) dlsym (library, "zmq_msg_init_size");
    void *(*data) (void *) = (void *(*) (void *)) dlsym (library, "zmq_msg_data");
    int (*msg_close) (void *) = (int (*) (void *)) dlsym (library, "zmq_msg_close");

    /* A name where nobody listens. */
    struct sockaddr_un stale = {AF_UNIX, ""};
    char folder[] = "/tmp/panamq-try-XXXXXX", event[8], endpoint[sizeof stale.sun_path + 6];
    if (!mkdtemp (folder))
        return 0;
    snprintf (stale.sun_path, sizeof stale.sun_path, "%s/s", folder);
    snprintf (endpoint, sizeof endpoint, "ipc://%s", stale.sun_path);
    int fd = socket (AF_UNIX, SOCK_STREAM, 0), once = 1, none = 0, limit = 2000;
    int ok = bind (fd, (struct sockaddr *) &stale, sizeof stale) == 0;
    close (fd);

    void *context = ctx_new ();
    static _Alignas (8) char messages[128][64];
    for (int i = 0; i < 128; i++) {
        init_size (messages[i], (size_t) (i + 1) * 32);
        memset (data (messages[i]), 0xFF, (size_t) (i + 1) * 32);
    }
    for (int i = 0; i < 128; i++)
        msg_close (messages[i]);
    void *push = new_socket (context, PUSH), *events = new_socket (context, PAIR);
    set (push, LINGER, &none, sizeof none);
    set (push, RECONNECT_STOP, &once, sizeof once);
    set (events, RCVTIMEO, &limit, sizeof limit);
    ok &= monitor (push, "inproc://events", CONNECT_RETRIED) == 0 && connect_socket (events, "inproc://events") == 0
          && connect_socket (push, endpoint) == 0 && receive (events, event, sizeof event, 0) >= 0;
    close_socket (push);
    close_socket (events);
    unlink (stale.sun_path);
    rmdir (folder);
    return ctx_term (context) == 0 && ok;
}

static void expect (const char *what, int ok)
{
    printf ("%s: %s\n", what, ok ? "yes" : "NO");
    wrong |= !ok;
}

int main (int argc, char **argv)
{
    if (argc != 4)
        return 2;
    void *library = dlopen (argv[1], RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        printf ("%s\n", dlerror ());
        return 1;
    }
    void (*version) (int *, int *, int *) = (void (*) (int *, int *, int *)) dlsym (library, "zmq_version");
    int (*has) (const char *) = (int (*) (const char *)) dlsym (library, "zmq_has");
    void *(*ctx_new) (void) = (void *(*) (void)) dlsym (library, "zmq_ctx_new");
    int (*ctx_get) (void *, int) = (int (*) (void *, int)) dlsym (library, "zmq_ctx_get");
    int (*ctx_term) (void *) = (int (*) (void *)) dlsym (library, "zmq_ctx_term");
    int (*keypair) (char *, char *) = (int (*) (char *, char *)) dlsym (library, "zmq_curve_keypair");
    if (!version || !has || !keypair || !ctx_new || !ctx_get || !ctx_term) {
        printf ("zmq_version, zmq_has, zmq_ctx_* or zmq_curve_keypair is missing\n");
        return 1;
    }
    int major, minor, patch;
    char text[64], public_key[41], secret_key[41];
    version (&major, &minor, &patch);
    snprintf (text, sizeof text, "%d.%d.%d", major, minor, patch);
    printf ("version %s\n", text);
    expect ("the version asked for", strcmp (text, argv[2]) == 0);
    void *context = ctx_new ();
    expect ("a zmq_msg_t of 64 bytes", context && ctx_get (context, 6 /* ZMQ_MSG_T_SIZE */) == 64);
    expect ("a context that ends", context && ctx_term (context) == 0);
    expect ("draft", has ("draft") == 1);
    expect ("curve", has ("curve") == 1);
    expect ("ipc", has ("ipc") == 1);
    expect ("WS", has ("WS") == 1);
    expect ("no WSS, pgm, norm, gssapi, vmci",
            !has ("WSS") && !has ("pgm") && !has ("norm") && !has ("gssapi") && !has ("vmci"));
    expect ("a CURVE key pair", keypair (public_key, secret_key) == 0);
    expect ("the loops over messages", dlsym (library, "panamq_send") && dlsym (library, "panamq_receive"));
#ifdef __linux__
    expect ("memory that comes back", gives_back (library));
#endif
    if (strstr (argv[3], "reconnect-stop"))
        expect ("an endpoint that is tried again", tries_again (library));
    expect ("the draft function zmq_join", dlsym (library, "zmq_join") != NULL);
    return wrong;
}
