/* What PanaMQ adds to its libzmq: a free function without Java in it, and loops over many messages.
   Compiled and linked in by compile-libzmq; the class names in brackets are those of the Java side. */
#include <errno.h>
#include <stddef.h>
#include <zmq.h>

#define EXPORTED __attribute__ ((visibility ("default")))

EXPORTED void *panamq_allocate (void *message, size_t size);
EXPORTED int panamq_receive (void *socket, void **messages, size_t *sizes, int count, size_t bytes);
EXPORTED int panamq_send (void *socket, void **messages, int count);
EXPORTED int panamq_close (void **messages, int count);
EXPORTED int panamq_forward (void *source, void *target, void *hand, size_t *bytes, int count, int alone);

/* [MessageCalls] zmq_msg_init_size and zmq_msg_data in one: where the content lies, or NULL if there is no memory. */
void *panamq_allocate (void *message, size_t size)
{
    return zmq_msg_init_size (message, size) == 0 ? zmq_msg_data (message) : NULL;
}

/* [BatchCalls] Receives into initialised messages: until `count` are there, or `bytes` of content, or one would have to
   wait or fails. Writes the size of each. Returns how many they are; in the last case the complement of that, ~n. */
int panamq_receive (void *socket, void **messages, size_t *sizes, int count, size_t bytes)
{
    size_t total = 0;
    int done = 0;
    while (done < count && total < bytes) {
        if (zmq_msg_recv (messages[done], socket, ZMQ_DONTWAIT) < 0)
            return ~done;
        sizes[done] = zmq_msg_size (messages[done]);
        total += sizes[done++];
    }
    return done;
}

/* [BatchCalls] Sends `count` messages of one frame each, until one would have to wait or fails. Those that were sent are
   empty then; returns how many they are. */
int panamq_send (void *socket, void **messages, int count)
{
    int done = 0;
    while (done < count && zmq_msg_send (messages[done], socket, ZMQ_DONTWAIT) >= 0)
        done++;
    return done;
}

/* [BatchCalls] Leaves initialised messages empty. Returns how many. */
int panamq_close (void **messages, int count)
{
    for (int i = 0; i < count; i++) {
        zmq_msg_close (messages[i]);
        zmq_msg_init (messages[i]);
    }
    return count;
}

/* Sends or receives a later frame of a message, for which libzmq does not wait. */
static int move_rest (int (*move) (zmq_msg_t *, void *, int), void *hand, void *socket, int flags)
{
    int result;
    do
        result = move (hand, socket, flags);
    while (result < 0 && errno == EINTR);
    return result;
}

/* [ForwardCalls] Forwards messages with all their frames until `count` are done, or the next one would have to wait or
   fails; messages of one frame only if `alone`. Adds their sizes to bytes[0]. Returns how many they are; in the last
   case the complement of that, ~n, and bytes[1] is why: 0, there was no message; 1, the first frame of one is in `hand`,
   which is empty otherwise, and was refused; 2, receiving failed. The target must accept a whole message with its first
   frame, which a PAIR does not. */
int panamq_forward (void *source, void *target, void *hand, size_t *bytes, int count, int alone)
{
    bytes[1] = 2;
    for (int done = 0; done < count; done++) {
        if (zmq_msg_recv (hand, source, ZMQ_DONTWAIT) < 0) {
            bytes[1] = errno == EAGAIN ? 0 : 2;
            return ~done;
        }
        size_t total = zmq_msg_size (hand);
        int more = zmq_msg_more (hand);
        if ((!more && !alone) || zmq_msg_send (hand, target, more ? ZMQ_DONTWAIT | ZMQ_SNDMORE : ZMQ_DONTWAIT) < 0) {
            bytes[1] = 1;
            return ~done;
        }
        while (more) {
            if (move_rest (zmq_msg_recv, hand, source, ZMQ_DONTWAIT) < 0)
                return ~done; /* the context ends */
            total += zmq_msg_size (hand);
            more = zmq_msg_more (hand);
            if (move_rest (zmq_msg_send, hand, target, more ? ZMQ_SNDMORE : 0) < 0) {
                zmq_msg_close (hand);
                zmq_msg_init (hand);
                return ~done; /* the context ends */
            }
        }
        bytes[0] += total;
    }
    return count;
}

#ifdef __linux__
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* [ReleaseCalls] Lies in memory that is never freed, so that nothing here can touch what is gone. */
typedef struct node {
    struct node *next;
    long number; /* the caller's own; not looked at here */
} node;

EXPORTED void panamq_free (void *data, void *hint);
EXPORTED void panamq_free_mapped (void *data, void *hint);
EXPORTED long panamq_released (long millis);

/* A stack, the last one released on top. It is only ever taken whole, so a node may be used again as soon as it was
   taken. No lock: a child of fork cannot find one held by a thread that it does not have. */
static _Atomic (node *) released;

/* 1: somebody waits, or is about to. What the kernel's wait looks at. */
static atomic_int waiting;

/* For zmq_msg_init_data: called by libzmq on any thread, once for each message. `hint` is the node of the message. */
void panamq_free (void *data, void *hint)
{
    node *own = hint;
    (void) data;
    if (!own)
        return;
    own->next = atomic_load_explicit (&released, memory_order_relaxed);
    while (!atomic_compare_exchange_weak (&released, &own->next, own)) {
    }
    /* The other side writes `waiting` before it looks at `released`: one of the two sees the other. */
    if (atomic_load (&waiting) && atomic_exchange (&waiting, 0))
        syscall (SYS_futex, &waiting, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

/* The same for memory of a file, which can be cut: by this function libzmq knows that it must not read it (`wrapped` in
   harden-libzmq). */
void panamq_free_mapped (void *data, void *hint)
{
    panamq_free (data, hint);
}

/* Takes all nodes that were released, the last one first. If there are none, waits for some: at most `millis`, and
   sometimes less. 0 if there are still none. The address is a number: Java needs no memory to receive it. */
long panamq_released (long millis)
{
    node *all = atomic_exchange (&released, NULL);
    if (all || millis <= 0)
        return (long) all;
    atomic_store (&waiting, 1);
    all = atomic_exchange (&released, NULL);
    if (all)
        return (long) all;
    struct timespec limit = {millis / 1000, millis % 1000 * 1000000};
    syscall (SYS_futex, &waiting, FUTEX_WAIT_PRIVATE, 1, &limit, NULL, 0);
    return (long) atomic_exchange (&released, NULL);
}
#endif
