/* try-curve LIBRARY HARDENED: CURVE, where it could fail: first used by many threads at once, with messages of many sizes,
   in a child of fork, and where no file descriptor or mapping is free. HARDENED: the names of the edits that are in; what
   needs another is not tried. Used by check-library. Prints what it saw; 1 if something is wrong. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PULL = 7, PUSH = 8, LINGER = 17, SNDTIMEO = 28, RCVTIMEO = 27, LAST_ENDPOINT = 32, CURVE_SERVER = 47 };
enum { CURVE_PUBLICKEY = 48, CURVE_SECRETKEY = 49, CURVE_SERVERKEY = 50 };
enum { THREADS = 16, FILES = 64, LARGEST = 1 << 20 };

static void *(*ctx_new) (void), *(*make_socket) (void *, int);
static int (*ctx_term) (void *), (*close_socket) (void *), (*keypair) (char *, char *);
static int (*public_of) (char *, const char *), (*bind_to) (void *, const char *), (*connect_to) (void *, const char *);
static int (*set) (void *, int, const void *, size_t), (*get) (void *, int, void *, size_t *);
static int (*send_bytes) (void *, const void *, size_t, int), (*receive) (void *, void *, size_t, int);
static unsigned char sent[LARGEST], received[LARGEST];
static pthread_barrier_t start;
static int wrong;

static void expect (const char *what, int ok)
{
    printf ("%s: %s\n", what, ok ? "yes" : "NO");
    wrong |= !ok;
}

static void load (const char *path)
{
    static const struct { void *function; const char *name; } all[] = {
        {&ctx_new, "zmq_ctx_new"}, {&ctx_term, "zmq_ctx_term"}, {&make_socket, "zmq_socket"},
        {&close_socket, "zmq_close"}, {&keypair, "zmq_curve_keypair"}, {&public_of, "zmq_curve_public"},
        {&bind_to, "zmq_bind"}, {&connect_to, "zmq_connect"}, {&set, "zmq_setsockopt"}, {&get, "zmq_getsockopt"},
        {&send_bytes, "zmq_send"}, {&receive, "zmq_recv"}};
    void *library = dlopen (path, RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        void *found = library ? dlsym (library, all[i].name) : NULL;
        if (!found) {
            printf ("%s is missing\n", all[i].name);
            exit (1);
        }
        memcpy (all[i].function, &found, sizeof found);
    }
}

/* ---- keys */

static int keys (void)
{
    char public_key[41], secret_key[41], derived[41];
    return keypair (public_key, secret_key) == 0 && public_of (derived, secret_key) == 0
           && strcmp (public_key, derived) == 0;
}

static int known_keys (void)
{
    char derived[41];
    return public_of (derived, "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs") == 0
           && strcmp (derived, "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID") == 0;
}

static void *first_use (void *ok)
{
    pthread_barrier_wait (&start);
    for (int i = 0; i < 20; i++) {
        void *context = ctx_new ();
        *(int *) ok &= keys () && context && ctx_term (context) == 0;
    }
    return NULL;
}

static int used_by_threads (void)
{
    pthread_t threads[THREADS];
    int fine[THREADS], all = 1;
    pthread_barrier_init (&start, NULL, THREADS);
    for (int i = 0; i < THREADS; i++) {
        fine[i] = 1;
        if (pthread_create (&threads[i], NULL, first_use, &fine[i]) != 0)
            exit (1);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join (threads[i], NULL);
        all &= fine[i];
    }
    return all;
}

/* ---- messages */

typedef struct { void *context, *in, *out; char endpoint[100]; } pair;

/* Bound, not yet connected. */
static int make (pair *pair)
{
    char public_key[41], secret_key[41];
    int zero = 0, one = 1, limit = 20000;
    size_t length = sizeof pair->endpoint;
    return keypair (public_key, secret_key) == 0 && (pair->context = ctx_new ())
           && (pair->in = make_socket (pair->context, PULL)) && (pair->out = make_socket (pair->context, PUSH))
           && set (pair->in, LINGER, &zero, sizeof zero) == 0 && set (pair->out, LINGER, &zero, sizeof zero) == 0
           && set (pair->in, RCVTIMEO, &limit, sizeof limit) == 0
           && set (pair->out, SNDTIMEO, &limit, sizeof limit) == 0
           && set (pair->in, CURVE_SERVER, &one, sizeof one) == 0
           && set (pair->in, CURVE_SECRETKEY, secret_key, 41) == 0
           && set (pair->out, CURVE_SERVERKEY, public_key, 41) == 0
           && set (pair->out, CURVE_PUBLICKEY, public_key, 41) == 0
           && set (pair->out, CURVE_SECRETKEY, secret_key, 41) == 0 && bind_to (pair->in, "tcp://127.0.0.1:*") == 0
           && get (pair->in, LAST_ENDPOINT, pair->endpoint, &length) == 0;
}

static int end (pair *pair)
{
    return close_socket (pair->in) == 0 && close_socket (pair->out) == 0 && ctx_term (pair->context) == 0;
}

static int exchange (pair *pair, size_t size)
{
    return send_bytes (pair->out, sent, size, 0) == (int) size
           && receive (pair->in, received, sizeof received, 0) == (int) size && memcmp (sent, received, size) == 0;
}

static int exchange_all (void)
{
    pair pair;
    int ok = make (&pair) && connect_to (pair.out, pair.endpoint) == 0;
    for (size_t size = 0; ok && size < 2100; size++)
        ok = exchange (&pair, size);
    for (size_t size = 2100; ok && size <= LARGEST; size += size / 3 + 1)
        ok = exchange (&pair, size);
    return ok && exchange (&pair, LARGEST) && end (&pair);
}

static int forked (void)
{
    int status;
    fflush (stdout);
    pid_t pid = fork ();
    if (pid == 0) {
        alarm (60);
        _exit (keys () && exchange_all () ? 0 : 1);
    }
    return pid > 0 && waitpid (pid, &status, 0) == pid && status == 0;
}

static volatile int over;

static void *contexts (void *unused)
{
    while (!over)
        ctx_term (ctx_new ());
    return unused;
}

/* No child finds a lock taken that a thread of its parent holds. */
static int forked_meanwhile (void)
{
    enum { BUSY = 3 };
    pthread_t threads[BUSY];
    int fine = 1, status;
    for (int i = 0; i < BUSY; i++)
        if (pthread_create (&threads[i], NULL, contexts, NULL) != 0)
            exit (1);
    for (int i = 0; fine && i < 500; i++) {
        pid_t pid = fork ();
        if (pid == 0) {
            alarm (10);
            _exit (ctx_new () ? 0 : 1);
        }
        fine = pid > 0 && waitpid (pid, &status, 0) == pid && status == 0;
    }
    over = 1;
    for (int i = 0; i < BUSY; i++)
        pthread_join (threads[i], NULL);
    return fine;
}

/* ---- without mappings */

/* A second handshake where the process can map no more; in a child, since no mapping is given back. */
static int without_mappings (void)
{
    enum { PAGE = 4096, MOST = 200000 };
    pair pair;
    int status, count = 0, ok;
    pid_t pid = fork ();
    if (pid != 0)
        return pid > 0 && waitpid (pid, &status, 0) == pid && status == 0;
    alarm (60);
    char *pages = mmap (NULL, (size_t) MOST * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    ok = pages != MAP_FAILED && make (&pair) && connect_to (pair.out, pair.endpoint) == 0 && exchange (&pair, 1000);
    while (count < MOST && mprotect (pages + (size_t) count * PAGE, PAGE, PROT_READ) == 0)
        count += 2;
    /* Where the system allows more than these it is not tried. */
    if (count < MOST)
        ok &= connect_to (pair.out, pair.endpoint) == 0;
    for (int i = 0; i < 4; i++)
        ok = ok && exchange (&pair, 1000);
    _exit (ok ? 0 : 1);
}

/* ---- without file descriptors */

static int open_all (int *files)
{
    int count = 0;
    while (count < FILES && (files[count] = open ("/dev/null", O_RDONLY)) >= 0)
        count++;
    return count;
}

static void without_descriptors (void)
{
    struct rlimit limit;
    pair pair;
    int files[FILES];
    if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || !make (&pair)) {
        expect ("sockets to try it with", 0);
        return;
    }
    limit.rlim_cur = FILES;
    if (setrlimit (RLIMIT_NOFILE, &limit) != 0)
        return;
    int count = open_all (files), next;
    expect ("no descriptor is free", count > 2 && count < FILES && errno == EMFILE);
    expect ("keys without one", keys () && known_keys ());
    expect ("a context without one is refused", !ctx_new () && errno == EMFILE);
    close (files[--count]);
    void *context = ctx_new ();
    expect ("with one there is a context", context && (next = open ("/dev/null", O_RDONLY)) < 0);
    expect ("which ends", context && ctx_term (context) == 0);
    close (files[--count]);
    /* One for each end of the connection. */
    expect ("a handshake needs none", connect_to (pair.out, pair.endpoint) == 0 && exchange (&pair, 1000));
    next = open ("/dev/null", O_RDONLY);
    expect ("and none was left", next < 0 && errno == EMFILE);
    while (count > 0)
        close (files[--count]);
    expect ("the sockets end", end (&pair));
}

int main (int argc, char **argv)
{
    if (argc != 3)
        return 2;
    setvbuf (stdout, NULL, _IOLBF, 0);
    load (argv[1]);
    for (size_t i = 0; i < sizeof sent; i++)
        sent[i] = (unsigned char) (i * i / 7 + i);
    alarm (300);
    expect ("many threads start it at once", used_by_threads ());
    expect ("the public key of a known secret key", known_keys ());
    expect ("messages of many sizes", exchange_all ());
    expect ("a child has keys and messages", forked ());
    if (strstr (argv[2], "sodium-once"))
        expect ("children of a process that starts it at that moment", forked_meanwhile ());
    if (strstr (argv[2], "sodium-memory"))
        expect ("a handshake without a mapping", without_mappings ());
    without_descriptors ();
    return wrong;
}
