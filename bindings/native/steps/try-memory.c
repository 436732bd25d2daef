/* try-memory LIBRARY [THREADS [BURST_MIB]]: what could go wrong with an allocator of the library's own, tried.
   Used by check-library for a library with mimalloc. Prints what it saw; 1 if something is wrong. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct { _Alignas(8) char bytes[64]; } msg;

static void *library;
static int (*init_size) (msg *, size_t), (*msg_close) (msg *);
static void *(*ctx_new) (void), *(*make_socket) (void *, int);
static int (*ctx_term) (void *), (*bind_to) (void *, const char *), (*connect_to) (void *, const char *);
static int (*send_bytes) (void *, const void *, size_t, int), (*close_socket) (void *);
static int (*recviov) (void *, struct iovec *, size_t *, int);
static int wrong;

static void expect (const char *what, int ok)
{
    printf ("%s: %s\n", what, ok ? "yes" : "NO");
    wrong |= !ok;
}

/* KiB of this process: virtual (column 0) or resident (1). */
static long kib (int column)
{
    long pages[2] = {0, 0};
    FILE *file = fopen ("/proc/self/statm", "r");
    if (!file || fscanf (file, "%ld %ld", &pages[0], &pages[1]) != 2)
        wrong = 1;
    if (file)
        fclose (file);
    return pages[column] * (sysconf (_SC_PAGESIZE) / 1024);
}

static void *find (const char *name)
{
    void *function = dlsym (library, name);
    if (!function) {
        printf ("%s is missing\n", name);
        exit (1);
    }
    return function;
}

static void *load (void *path)
{
    library = dlopen (path, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        printf ("%s\n", dlerror ());
        exit (1);
    }
    *(void **) &init_size = find ("zmq_msg_init_size");
    *(void **) &msg_close = find ("zmq_msg_close");
    *(void **) &ctx_new = find ("zmq_ctx_new");
    *(void **) &ctx_term = find ("zmq_ctx_term");
    *(void **) &make_socket = find ("zmq_socket");
    *(void **) &close_socket = find ("zmq_close");
    *(void **) &bind_to = find ("zmq_bind");
    *(void **) &connect_to = find ("zmq_connect");
    *(void **) &send_bytes = find ("zmq_send");
    *(void **) &recviov = find ("zmq_recviov");
    return NULL;
}

static void in_thread (void *(*work) (void *), void *argument)
{
    pthread_t thread;
    if (pthread_create (&thread, NULL, work, argument) != 0 || pthread_join (thread, NULL) != 0)
        wrong = 1;
}

static void huge (size_t size)
{
    msg message;
    errno = 0;
    int refused = init_size (&message, size) == -1 && errno == ENOMEM;
    printf ("a message of %zu bytes is refused: %s\n", size, refused ? "yes" : "NO");
    wrong |= !refused;
}

/* ---- many messages ---- */

typedef struct { msg *messages; size_t count, size; } batch;

static void *fill (void *argument)
{
    batch *all = argument;
    for (size_t i = 0; i < all->count; i++)
        if (init_size (&all->messages[i], all->size) == 0)
            memset (**(void ***) (all->messages[i].bytes + 8), 1, all->size); /* content, and data comes first in it */
        else
            wrong = 1;
    return NULL;
}

static void *drain (void *argument)
{
    batch *all = argument;
    for (size_t i = 0; i < all->count; i++)
        wrong |= msg_close (&all->messages[i]) != 0;
    return NULL;
}

static void *few (void *ignored)
{
    static const size_t sizes[] = {40, 128, 256, 1000, 4096, 40000, 300000};
    msg messages[7];
    for (int i = 0; i < 7; i++)
        wrong |= init_size (&messages[i], sizes[i]) != 0;
    for (int i = 0; i < 7; i++)
        wrong |= msg_close (&messages[i]) != 0;
    return ignored;
}

static void *wait_and_end (void *gate)
{
    few (NULL);
    pthread_barrier_wait (gate); /* used */
    pthread_barrier_wait (gate); /* closed */
    return NULL;
}

static void burst (long mib, size_t size, int own_thread)
{
    batch all = {NULL, ((size_t) mib << 20) / size, size};
    all.messages = calloc (all.count, sizeof (msg));
    if (!all.messages)
        exit (1);
    memset (all.messages, 1, all.count * sizeof (msg));
    long before = kib (1);
    if (own_thread)
        in_thread (fill, &all);
    else
        fill (&all);
    long full = kib (1);
    drain (&all);
    long at_once = kib (1);
    for (int i = 0; i < 15; i++) { /* what a program does that goes on */
        usleep (100000);
        few (NULL);
    }
    long after = kib (1);
    printf ("%ld MiB in messages of %zu bytes, from %s: %+ld KiB, freed %+ld, 1.5 s later %+ld\n", mib, size,
            own_thread ? "a thread that ended" : "this thread", full - before, at_once - before, after - before);
    expect ("most of it is given back", (after - before) * 4 < full - before);
    free (all.messages);
}

static int child (void)
{
    void *block = malloc (100000);
    few (NULL);
    in_thread (few, NULL);
    void *context = ctx_new ();
    int ended = context && ctx_term (context) == 0;
    free (block);
    return block && ended ? 0 : 1;
}

static void forks (void)
{
    int status;
    fflush (stdout);
    pid_t pid = fork ();
    if (pid == 0) {
        alarm (60);
        exit (child ());
    }
    expect ("a child works, and ends with exit", pid > 0 && waitpid (pid, &status, 0) == pid && status == 0);
}

/* zmq_recviov's blocks go to the free of the process. */
static void blocks_of_the_process (void)
{
    struct iovec blocks[2] = {{NULL, 0}, {NULL, 0}};
    size_t count = 2;
    static char bytes[5000];
    void *context = ctx_new ();
    void *in = make_socket (context, 7 /* ZMQ_PULL */), *out = make_socket (context, 8 /* ZMQ_PUSH */);
    int ok = bind_to (in, "inproc://blocks") == 0 && connect_to (out, "inproc://blocks") == 0
             && send_bytes (out, bytes, 3, 2 /* ZMQ_SNDMORE */) == 3 && send_bytes (out, bytes, 5000, 0) == 5000
             && recviov (in, blocks, &count, 0) == 2 && count == 2 && blocks[1].iov_len == 5000;
    free (blocks[0].iov_base);
    free (blocks[1].iov_base);
    expect ("free takes what zmq_recviov returns", ok);
    ok = close_socket (in) == 0 && close_socket (out) == 0 && ctx_term (context) == 0;
    expect ("context and sockets end", ok);
}

int main (int argc, char **argv)
{
    if (argc < 2)
        return 2;
    int threads = argc > 2 ? atoi (argv[2]) : 20000;
    long mib = argc > 3 ? atol (argv[3]) : 192;
    setvbuf (stdout, NULL, _IOLBF, 0);

    void *process_malloc = dlsym (RTLD_DEFAULT, "malloc");
    long virtual_before = kib (0), before = kib (1);
    in_thread (load, argv[1]); /* as a JVM does: by a thread that may end */
    few (NULL);
    printf ("loading it and first use: %+ld KiB resident, %+ld virtual\n", kib (1) - before, kib (0) - virtual_before);
    expect ("the malloc of the process is what it was", dlsym (RTLD_DEFAULT, "malloc") == process_malloc);
    expect ("the library shows no other", dlsym (library, "malloc") == process_malloc);

    huge ((size_t) 1 << 46);
    huge ((size_t) 1 << 62);
    huge ((size_t) -1);
    huge ((size_t) -200);

    blocks_of_the_process ();
    forks ();

    for (int i = 0; i < 200; i++)
        in_thread (few, NULL);
    before = kib (1);
    for (int i = 0; i < threads; i++)
        in_thread (few, NULL);
    printf ("%d threads that come, use messages and go: %+ld KiB\n", threads, kib (1) - before);
    expect ("they leave nothing", kib (1) - before < 8192);

    static msg room[4000];
    batch handed = {room, 4000, 1000};
    for (int i = 0; i < 50; i++) {
        in_thread (fill, &handed);
        in_thread (drain, &handed);
    }
    before = kib (1);
    for (int i = 0; i < 300; i++) {
        in_thread (fill, &handed);
        in_thread (drain, &handed);
    }
    printf ("1200000 messages from threads to other threads, all ended: %+ld KiB\n", kib (1) - before);
    expect ("they leave nothing", kib (1) - before < 8192);

    burst (mib, 256, 0);
    burst (mib, 1024, 1);
    burst (mib, 64 << 10, 0);
    burst (mib, 1 << 20, 1);
    burst (mib, 40 << 20, 0);
    forks ();

    /* It stays when it is closed: a thread that used it ends afterwards. */
    pthread_barrier_t gate;
    pthread_t late;
    pthread_barrier_init (&gate, NULL, 2);
    if (pthread_create (&late, NULL, wait_and_end, &gate) != 0)
        return 1;
    pthread_barrier_wait (&gate);
    dlclose (library);
    pthread_barrier_wait (&gate);
    expect ("a thread ends after dlclose", pthread_join (late, NULL) == 0);
    expect ("it stays loaded", dlopen (argv[1], RTLD_NOW | RTLD_NOLOAD) != NULL);
    return wrong;
}
