// SPDX-License-Identifier: Apache-2.0
/*
 * The C contender of the head-to-head benchmark, written as a C program on libzmq is. It opens the
 * library that it is given, so that one program serves the bundled libzmq and the system's, and it
 * needs no zmq.h. Arguments, output and method are those of the Java workers (package worker).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- libzmq, as its manual declares it */

typedef struct { _Alignas(8) unsigned char opaque[64]; } zmq_msg_t;

#define FUNCTIONS(F)                                              \
    F(void *, zmq_ctx_new, (void))                                \
    F(int, zmq_ctx_set, (void *, int, int))                       \
    F(int, zmq_ctx_term, (void *))                                \
    F(void *, zmq_socket, (void *, int))                          \
    F(int, zmq_close, (void *))                                   \
    F(int, zmq_setsockopt, (void *, int, const void *, size_t))   \
    F(int, zmq_getsockopt, (void *, int, void *, size_t *))       \
    F(int, zmq_bind, (void *, const char *))                      \
    F(int, zmq_connect, (void *, const char *))                   \
    F(int, zmq_msg_init, (zmq_msg_t *))                           \
    F(int, zmq_msg_init_size, (zmq_msg_t *, size_t))              \
    F(int, zmq_msg_send, (zmq_msg_t *, void *, int))              \
    F(int, zmq_msg_recv, (zmq_msg_t *, void *, int))              \
    F(int, zmq_msg_close, (zmq_msg_t *))                          \
    F(void *, zmq_msg_data, (zmq_msg_t *))                        \
    F(size_t, zmq_msg_size, (const zmq_msg_t *))                  \
    F(int, zmq_errno, (void))                                     \
    F(const char *, zmq_strerror, (int))                          \
    F(void, zmq_version, (int *, int *, int *))

#define DECLARE(result, name, parameters) static result(*name) parameters;
FUNCTIONS(DECLARE)

enum { PUB = 1, SUB, REQ, REP, DEALER, ROUTER, PULL, PUSH, XPUB };
enum { SUBSCRIBE = 6, LINGER = 17, RCVTIMEO = 27, LAST_ENDPOINT = 32, XPUB_VERBOSE = 40,
       XPUB_NODROP = 69, IN_BATCH_SIZE = 101, OUT_BATCH_SIZE = 102 };
enum { IO_THREADS = 1, FOREVER = -1, DRAIN_MILLIS = 50, MAX_SUBSCRIBERS = 64 };

/* ---- what this run is about */

static char *pattern = "", *role = "both", *endpoint = "", *library = "", *samples = "";
static long size, warmup, window, batch, io_threads = 1, subscribers = 1, slice = 1;

static void *context;
static atomic_int stop, done, measured;
static char bound[256];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t is_bound = PTHREAD_COND_INITIALIZER;
static double rates[MAX_SUBSCRIBERS];

static void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    fflush(stderr);
    _exit(3);
}

static void check(int result, const char *what) {
    if (result < 0) {
        fail("%s: %s", what, zmq_strerror(zmq_errno()));
    }
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int is(const char *name) {
    return strcmp(pattern, name) == 0;
}

static int plays(const char *name) {
    return strcmp(role, "both") == 0 || strcmp(role, name) == 0;
}

/* ---- sockets */

static void set(void *socket, int option, int value, const char *what) {
    check(zmq_setsockopt(socket, option, &value, sizeof value), what);
}

static void *open_socket(int type) {
    void *socket = zmq_socket(context, type);
    if (!socket) {
        check(-1, "zmq_socket");
    }
    set(socket, LINGER, 0, "ZMQ_LINGER");
    if (batch > 0) { /* 0 keeps the default of the library */
        set(socket, IN_BATCH_SIZE, (int) batch, "ZMQ_IN_BATCH_SIZE");
        set(socket, OUT_BATCH_SIZE, (int) batch, "ZMQ_OUT_BATCH_SIZE");
    }
    return socket;
}

static void *bind_socket(int type) {
    void *socket = open_socket(type);
    if (type == XPUB) {
        set(socket, XPUB_VERBOSE, 1, "ZMQ_XPUB_VERBOSE");
        set(socket, XPUB_NODROP, 1, "ZMQ_XPUB_NODROP");
    }
    check(zmq_bind(socket, endpoint), "zmq_bind");
    size_t length = sizeof bound;
    pthread_mutex_lock(&lock);
    check(zmq_getsockopt(socket, LAST_ENDPOINT, bound, &length), "ZMQ_LAST_ENDPOINT");
    pthread_cond_broadcast(&is_bound);
    pthread_mutex_unlock(&lock);
    if (strcmp(role, "recv") == 0) {
        printf("endpoint %s\n", bound);
        fflush(stdout);
    }
    return socket;
}

static void *connect_socket(int type) {
    void *socket = open_socket(type);
    if (type == SUB) {
        check(zmq_setsockopt(socket, SUBSCRIBE, "", 0), "ZMQ_SUBSCRIBE");
    }
    const char *where = endpoint;
    if (strcmp(role, "both") == 0) {
        pthread_mutex_lock(&lock);
        while (!bound[0]) {
            pthread_cond_wait(&is_bound, &lock);
        }
        pthread_mutex_unlock(&lock);
        where = bound;
    }
    check(zmq_connect(socket, where), "zmq_connect");
    return socket;
}

/* ---- one message */

static inline void send_one(void *socket, uint64_t counter) {
    zmq_msg_t message;
    check(zmq_msg_init_size(&message, (size_t) size), "zmq_msg_init_size");
    memcpy(zmq_msg_data(&message), &counter, sizeof counter);
    check(zmq_msg_send(&message, socket, 0), "zmq_msg_send");
}

static inline void verify(zmq_msg_t *message, uint64_t expected) {
    uint64_t counter;
    if (zmq_msg_size(message) != (size_t) size) {
        fail("expected %ld bytes, got %zu", size, zmq_msg_size(message));
    }
    memcpy(&counter, zmq_msg_data(message), sizeof counter);
    if (counter != expected) {
        fail("expected message %llu, got %llu", (unsigned long long) expected,
             (unsigned long long) counter);
    }
}

static inline void receive_one(void *socket, zmq_msg_t *message, int router, uint64_t expected) {
    if (router) { /* the routing id comes first */
        check(zmq_msg_recv(message, socket, 0), "zmq_msg_recv");
    }
    check(zmq_msg_recv(message, socket, 0), "zmq_msg_recv");
    verify(message, expected);
}

/* ---- one way */

static void *send_all(void *unused) {
    (void) unused;
    void *socket;
    if (is("pubsub")) {
        socket = bind_socket(XPUB);
        zmq_msg_t subscription;
        zmq_msg_init(&subscription);
        for (long i = 0; i < subscribers; i++) {
            check(zmq_msg_recv(&subscription, socket, 0), "receiving a subscription");
        }
        zmq_msg_close(&subscription);
    } else {
        socket = connect_socket(is("dealerrouter") ? DEALER : PUSH);
    }
    uint64_t counter = 0;
    while (!atomic_load_explicit(&stop, memory_order_relaxed)) {
        for (long i = 0; i < slice; i++) {
            send_one(socket, counter++);
        }
    }
    zmq_close(socket);
    atomic_store(&done, 1);
    return NULL;
}

static void *receive_all(void *index) {
    int router = is("dealerrouter");
    void *socket = is("pubsub") ? connect_socket(SUB) : bind_socket(router ? ROUTER : PULL);
    zmq_msg_t message;
    zmq_msg_init(&message);
    uint64_t counter = 0;
    receive_one(socket, &message, router, counter++);
    int64_t start = now(), end = start;
    while (end - start < warmup) {
        for (long i = 0; i < slice; i++) {
            receive_one(socket, &message, router, counter++);
        }
        end = now();
    }
    start = end;
    uint64_t first = counter;
    while (end - start < window) {
        for (long i = 0; i < slice; i++) {
            receive_one(socket, &message, router, counter++);
        }
        end = now();
    }
    rates[(intptr_t) index] = (double) (counter - first) * 1e9 / (double) (end - start);
    if (atomic_fetch_add(&measured, 1) + 1 == subscribers) {
        double sum = 0;
        for (long i = 0; i < subscribers; i++) {
            sum += rates[i];
        }
        printf("result %.3f\n", sum / (double) subscribers);
        fflush(stdout);
        if (strcmp(role, "both") == 0) {
            atomic_store(&stop, 1);
        }
    }
    /* The sender may be blocked in a send: receiving goes on until it is done. */
    set(socket, RCVTIMEO, DRAIN_MILLIS, "ZMQ_RCVTIMEO");
    while (zmq_msg_recv(&message, socket, 0) >= 0 || !atomic_load(&done)) {
    }
    zmq_msg_close(&message);
    zmq_close(socket);
    return NULL;
}

/* ---- round trips */

static void *reply_all(void *unused) {
    (void) unused;
    void *socket = bind_socket(REP);
    zmq_msg_t message;
    zmq_msg_init(&message);
    set(socket, RCVTIMEO, DRAIN_MILLIS, "ZMQ_RCVTIMEO");
    while (!atomic_load_explicit(&stop, memory_order_relaxed)) {
        if (zmq_msg_recv(&message, socket, 0) >= 0) {
            check(zmq_msg_send(&message, socket, 0), "zmq_msg_send");
        }
    }
    zmq_msg_close(&message);
    zmq_close(socket);
    return NULL;
}

static int64_t ask(void *socket, zmq_msg_t *reply, uint64_t counter) {
    int64_t start = now();
    send_one(socket, counter);
    check(zmq_msg_recv(reply, socket, 0), "zmq_msg_recv");
    verify(reply, counter);
    return now() - start;
}

static void *ask_all(void *unused) {
    (void) unused;
    void *socket = connect_socket(REQ);
    enum { MOST = 1 << 20 };
    int64_t *times = calloc(MOST, sizeof *times);
    zmq_msg_t reply;
    zmq_msg_init(&reply);
    uint64_t counter = 0;
    size_t count = 0;
    for (int64_t end = now() + warmup; now() < end;) {
        ask(socket, &reply, counter++);
    }
    for (int64_t end = now() + window; now() < end && count < MOST;) {
        times[count++] = ask(socket, &reply, counter++);
    }
    FILE *file = fopen(samples, "wb");
    if (!file || fwrite(times, sizeof *times, count, file) != count || fclose(file)) {
        fail("%s: %s", samples, strerror(errno));
    }
    printf("result %zu\n", count);
    fflush(stdout);
    atomic_store(&stop, 1);
    zmq_msg_close(&reply);
    zmq_close(socket);
    free(times);
    return NULL;
}

/* ---- the process */

/* Waits for the end of standard input, which also comes if the benchmark dies. */
static void *watch(void *unused) {
    (void) unused;
    char byte;
    while (read(0, &byte, 1) > 0) {
    }
    if (strcmp(role, "both") == 0) {
        _exit(4);
    }
    atomic_store(&stop, 1);
    if (strcmp(role, "recv") == 0) {
        atomic_store(&done, 1);
    }
    sleep(5);
    _exit(4);
}

static void load(void) {
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        fail("%s", dlerror());
    }
#define LOAD(result, name, parameters)                 \
    *(void **) &name = dlsym(handle, #name);           \
    if (!name) {                                       \
        fail("%s has no %s", library, #name);          \
    }
    FUNCTIONS(LOAD)
}

static void parse(int count, char **arguments) {
    struct { const char *name; char **text; long *number; } known[] = {
        {"pattern", &pattern, 0}, {"role", &role, 0}, {"endpoint", &endpoint, 0},
        {"library", &library, 0}, {"samples", &samples, 0}, {"size", 0, &size},
        {"warmup", 0, &warmup}, {"window", 0, &window}, {"batch", 0, &batch},
        {"io", 0, &io_threads}, {"subscribers", 0, &subscribers}, {"slice", 0, &slice},
    };
    for (int i = 1; i < count; i++) {
        char *value = strchr(arguments[i], '=');
        size_t k = 0, all = sizeof known / sizeof *known;
        if (value) {
            *value++ = 0;
            while (k < all && strcmp(arguments[i], known[k].name)) {
                k++;
            }
        }
        if (!value || k == all) {
            fail("unknown argument: %s", arguments[i]);
        } else if (known[k].text) {
            *known[k].text = value;
        } else {
            *known[k].number = atol(value);
        }
    }
}

int main(int count, char **arguments) {
    parse(count, arguments);
    load();
    if (is("probe")) { /* prints version and file of the library */
        int major, minor, patch;
        Dl_info info;
        zmq_version(&major, &minor, &patch);
        dladdr(*(void **) &zmq_version, &info);
        printf("result %d.%d.%d %s\n", major, minor, patch, info.dli_fname);
        return 0;
    }
    if (subscribers < 1 || subscribers > MAX_SUBSCRIBERS || size < 8 || slice < 1) {
        fail("bad subscribers, size or slice");
    }
    pthread_t watcher, threads[MAX_SUBSCRIBERS + 1];
    int started = 0, round_trip = is("reqrep");
    pthread_create(&watcher, NULL, watch, NULL);
    context = zmq_ctx_new();
    check(zmq_ctx_set(context, IO_THREADS, (int) io_threads), "ZMQ_IO_THREADS");
    if (plays("recv")) {
        for (long i = 0; i < subscribers; i++) {
            pthread_create(&threads[started++], NULL, round_trip ? reply_all : receive_all,
                           (void *) i);
        }
    }
    if (plays("send")) {
        pthread_create(&threads[started++], NULL, round_trip ? ask_all : send_all, NULL);
    }
    for (int i = 0; i < started; i++) {
        pthread_join(threads[i], NULL);
    }
    zmq_ctx_term(context);
    return 0;
}
