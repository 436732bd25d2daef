/* try-memory LIBRARY [SECONDS [BURST_MIB]]: what could go wrong with an allocator of the library's own, tried.
   Used by check-library for a library with mimalloc. Prints what it saw; 1 if something is wrong.
   With more SECONDS than the 2 of check-library it is a stress test. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct { _Alignas(8) char bytes[64]; } msg;

static void *library;
static int (*init_size) (msg *, size_t), (*msg_close) (msg *), (*msg_send) (msg *, void *, int);
static int (*msg_recv) (msg *, void *, int);
static void *(*msg_data) (msg *);
static void *(*ctx_new) (void), *(*make_socket) (void *, int);
static int (*ctx_term) (void *), (*bind_to) (void *, const char *), (*connect_to) (void *, const char *);
static int (*send_bytes) (void *, const void *, size_t, int), (*close_socket) (void *);
static int (*recviov) (void *, struct iovec *, size_t *, int), (*set) (void *, int, const void *, size_t);
static int (*get) (void *, int, void *, size_t *);
static atomic_int wrong;

enum { PULL = 7, PUSH = 8, LINGER = 17, RCVTIMEO = 27, LAST_ENDPOINT = 32, SNDMORE = 2 };

static void expect (const char *what, int ok)
{
    printf ("%s: %s\n", what, ok ? "yes" : "NO");
    if (!ok)
        wrong = 1;
}

static double now (void)
{
    struct timespec time;
    clock_gettime (CLOCK_MONOTONIC, &time);
    return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
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
    *(void **) &msg_data = find ("zmq_msg_data");
    *(void **) &msg_send = find ("zmq_msg_send");
    *(void **) &msg_recv = find ("zmq_msg_recv");
    *(void **) &ctx_new = find ("zmq_ctx_new");
    *(void **) &ctx_term = find ("zmq_ctx_term");
    *(void **) &make_socket = find ("zmq_socket");
    *(void **) &close_socket = find ("zmq_close");
    *(void **) &bind_to = find ("zmq_bind");
    *(void **) &connect_to = find ("zmq_connect");
    *(void **) &send_bytes = find ("zmq_send");
    *(void **) &recviov = find ("zmq_recviov");
    *(void **) &set = find ("zmq_setsockopt");
    *(void **) &get = find ("zmq_getsockopt");
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
    if (!refused)
        wrong = 1;
}

/* ---- messages, filled and looked at, so that two that share memory are noticed */

static void fill (msg *message, size_t size, unsigned char with)
{
    if (init_size (message, size) == 0)
        memset (msg_data (message), with, size);
    else
        wrong = 1;
}

static void empty (msg *message, size_t size, unsigned char with)
{
    const unsigned char *data = msg_data (message);
    if (data[0] != with || data[size - 1] != with || memcmp (data, data + 1, size - 1) != 0)
        wrong = 1;
    if (msg_close (message) != 0)
        wrong = 1;
}

static void *few (void *ignored)
{
    static const size_t sizes[] = {40, 128, 256, 1000, 4096, 40000, 300000};
    msg messages[7];
    for (int i = 0; i < 7; i++)
        fill (&messages[i], sizes[i], (unsigned char) i);
    for (int i = 0; i < 7; i++)
        empty (&messages[i], sizes[i], (unsigned char) i);
    return ignored;
}

/* ---- threads that come and go, and close the messages of others that have gone or still make some */

enum { SHELF = 2048, THREADS = 6 };
typedef struct { msg message; size_t size; unsigned char with; } box;
static _Atomic (box *) shelf[SHELF];
static atomic_int stop;
static atomic_long exchanged, ended;

static size_t some_size (unsigned *seed)
{
    unsigned random = (unsigned) rand_r (seed);
    switch (random % 256) {
        case 0: return 1 + random % 3000000;
        case 1: case 2: case 3: case 4: case 5: case 6: return 1 + random % 100000;
        default: return 1 + random % 2000;
    }
}

/* Blocks of boxes are the process's own: each has its allocator. */
static void *exchange (void *number)
{
    unsigned seed = (unsigned) (long) number;
    int count = rand_r (&seed) % 400;
    for (int i = 0; i < count; i++) {
        box *mine = malloc (sizeof (box));
        mine->size = some_size (&seed);
        mine->with = (unsigned char) rand_r (&seed);
        fill (&mine->message, mine->size, mine->with);
        box *other = atomic_exchange (&shelf[rand_r (&seed) % SHELF], mine);
        if (other) {
            empty (&other->message, other->size, other->with);
            free (other);
        }
    }
    atomic_fetch_add (&exchanged, count);
    atomic_fetch_add (&ended, 1);
    return NULL;
}

static void *come_and_go (void *number)
{
    for (long i = (long) number; !stop; i += THREADS)
        in_thread (exchange, (void *) i);
    return NULL;
}

static void clear_shelf (void)
{
    for (int i = 0; i < SHELF; i++) {
        box *left = atomic_exchange (&shelf[i], NULL);
        if (left) {
            empty (&left->message, left->size, left->with);
            free (left);
        }
    }
}

/* ---- processes */

static int child (int inherited)
{
    void *block = malloc (100000);
    few (NULL);
    in_thread (few, NULL);
    if (inherited)
        clear_shelf ();
    void *context = ctx_new ();
    int finished = context && ctx_term (context) == 0;
    free (block);
    return block && finished && !wrong ? 0 : 1;
}

static int forked (int inherited)
{
    int status;
    fflush (stdout);
    pid_t pid = fork ();
    if (pid == 0) {
        alarm (30);
        exit (child (inherited));
    }
    if (pid > 0 && waitpid (pid, &status, 0) == pid && status == 0)
        return 1;
    printf ("a child failed: status %d\n", status);
    return 0;
}

/* A process that uses the library and ends while other threads are in it. */
static void *chatter (void *in_context)
{
    void **context = in_context, *in = make_socket (*context, PULL), *out = make_socket (*context, PUSH);
    char endpoint[100];
    size_t length = sizeof endpoint;
    if (bind_to (in, "tcp://lo:*") != 0 || get (in, LAST_ENDPOINT, endpoint, &length) != 0
        || connect_to (out, endpoint) != 0)
        exit (1);
    for (size_t size = 1;; size = size % 3000 + 1) {
        msg message;
        fill (&message, size, 'c');
        msg received;
        fill (&received, 100, 'r');
        if (msg_send (&message, out, 0) < 0 || msg_recv (&received, in, 0) < 0)
            exit (1);
        empty (&received, size, 'c');
    }
    return NULL;
}

static int ends (const char *path)
{
    load ((void *) path);
    static void *context;
    context = ctx_new ();
    for (int i = 0; i < 3; i++) {
        pthread_t thread;
        if (pthread_create (&thread, NULL, i == 2 ? come_and_go : chatter, &context) != 0)
            return 1;
    }
    usleep (20000 + (useconds_t) getpid () % 20000);
    return wrong;
}

static void exits (char *self, char *path, int times)
{
    int ok = 1;
    for (int i = 0; i < times; i++) {
        int status = -1;
        pid_t pid = fork ();
        if (pid == 0) {
            alarm (30);
            execl (self, self, path, "ends", NULL);
            _exit (9);
        }
        ok &= waitpid (pid, &status, 0) == pid && status == 0;
        if (status != 0)
            printf ("status %d\n", status);
    }
    expect ("processes end while threads are in it", ok);
}

static void stress (double seconds, char *self, char *path)
{
    long start = kib (1), third = 0, forks = 0;
    int children = 1;
    pthread_t threads[THREADS];
    double begin = now ();
    for (long i = 0; i < THREADS; i++)
        if (pthread_create (&threads[i], NULL, come_and_go, (void *) i) != 0)
            exit (1);
    for (double time = 0; time < seconds; time = now () - begin) {
        if (!third && time > seconds / 3)
            third = kib (1);
        children &= forked (1);
        forks++;
        usleep (50000);
    }
    stop = 1;
    for (int i = 0; i < THREADS; i++)
        pthread_join (threads[i], NULL);
    long end = kib (1);
    clear_shelf ();
    long after;
    begin = now ();
    do { /* what a program does that goes on */
        in_thread (few, NULL);
        usleep (10000);
        after = kib (1);
    } while (after - start >= 32768 && now () - begin < 1.5);
    printf ("%ld threads exchanged %ld messages, %ld forks meanwhile: %+ld KiB after a third, %+ld at the end, %+ld when"
            " all are closed\n", ended, exchanged, forks, third - start, end - start, after - start);
    expect ("children of a process with many threads work, and end with exit", children);
    expect ("what ended threads leave does not grow", end - third < 65536);
    expect ("it goes when it is free", after - start < 32768);
    exits (self, path, seconds > 10 ? 50 : 5);
}

/* ---- memory that goes back */

typedef struct { msg *messages; size_t count, size; } batch;

static void *fill_all (void *argument)
{
    batch *all = argument;
    for (size_t i = 0; i < all->count; i++)
        fill (&all->messages[i], all->size, 1);
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
        in_thread (fill_all, &all);
    else
        fill_all (&all);
    long full = kib (1), after = full, kept = (full - before) / 4 > 69632 ? (full - before) / 4 : 69632; /* two segments and what else was mapped meanwhile */
    for (size_t i = 0; i < all.count; i++)
        empty (&all.messages[i], size, 1);
    long at_once = kib (1);
    double begin = now ();
    do { /* what a program does that goes on */
        in_thread (few, NULL);
        few (NULL);
        usleep (10000);
        after = kib (1);
    } while (after - before >= kept && now () - begin < 1.5);
    printf ("%ld MiB in messages of %zu bytes, from %s: %+ld KiB, freed %+ld, %.2f s later %+ld\n", mib, size,
            own_thread ? "a thread that ended" : "this thread", full - before, at_once - before, now () - begin,
            after - before);
    expect ("it is given back, but for two segments", after - before < kept);
    free (all.messages);
}

/* Names and interfaces are looked up by libc, with its memory; zmq_recviov's blocks go to the free of the process. */
static void blocks_of_the_process (void)
{
    struct iovec blocks[2] = {{NULL, 0}, {NULL, 0}};
    size_t count = 2, length;
    static char bytes[5000];
    char endpoint[100];
    int zero = 0, five = 5000;
    void *context = ctx_new ();
    void *in = make_socket (context, PULL), *out = make_socket (context, PUSH);
    int ok = set (in, LINGER, &zero, sizeof zero) == 0 && set (out, LINGER, &zero, sizeof zero) == 0
             && set (in, RCVTIMEO, &five, sizeof five) == 0;
    for (int i = 0; i < 20; i++) {
        length = sizeof endpoint;
        ok &= bind_to (in, "tcp://lo:*") == 0 && get (in, LAST_ENDPOINT, endpoint, &length) == 0;
        char *port = strrchr (endpoint, ':');
        char named[100];
        snprintf (named, sizeof named, "tcp://localhost%s", port ? port : "");
        ok &= connect_to (out, i % 2 ? endpoint : named) == 0;
    }
    expect ("it binds by interface and connects by name", ok);
    ok = send_bytes (out, bytes, 3, SNDMORE) == 3 && send_bytes (out, bytes, 5000, 0) == 5000
         && recviov (in, blocks, &count, 0) == 2 && count == 2 && blocks[1].iov_len == 5000;
    free (blocks[0].iov_base);
    free (blocks[1].iov_base);
    expect ("free takes what zmq_recviov returns", ok);
    ok = close_socket (in) == 0 && close_socket (out) == 0 && ctx_term (context) == 0;
    expect ("context and sockets end", ok);
}

static void *wait_and_end (void *gate)
{
    few (NULL);
    pthread_barrier_wait (gate); /* used */
    pthread_barrier_wait (gate); /* closed */
    return NULL;
}

int main (int argc, char **argv)
{
    if (argc < 2)
        return 2;
    if (argc > 2 && strcmp (argv[2], "ends") == 0)
        return ends (argv[1]);
    double seconds = argc > 2 ? atof (argv[2]) : 2;
    long mib = argc > 3 ? atol (argv[3]) : 128;
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
    expect ("a child works, and ends with exit", forked (0));

    for (int i = 0; i < 200; i++)
        in_thread (few, NULL);
    before = kib (1);
    int threads = seconds > 10 ? 200000 : 5000;
    for (int i = 0; i < threads; i++)
        in_thread (few, NULL);
    printf ("%d threads that come, use messages and go: %+ld KiB\n", threads, kib (1) - before);
    expect ("they leave nothing", kib (1) - before < 8192);

    stress (seconds, argv[0], argv[1]);

    burst (mib, 256, 0);
    burst (mib, 1024, 1);
    burst (mib, 64 << 10, 0);
    burst (mib, 1 << 20, 1);
    burst (mib, 40 << 20, 0);
    burst (mib, 40 << 20, 1);
    expect ("a child works, and ends with exit", forked (0));

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
    expect ("no message held what it should not", !wrong);
    return wrong;
}
