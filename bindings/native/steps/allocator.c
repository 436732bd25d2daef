/* The allocator of the bundled library: mimalloc 2.0.9 in one object, under the names that libzmq, the C++ library inside
   it and libgcc call. The linker keeps these names within the library: the process keeps its own malloc.
   Used by compile-mimalloc. operator new is the C++ library's own, on top of this malloc: it throws as it should. */

/* A block that no machine has memory for is refused, as libc does it: mimalloc asks the kernel not to count. */
#include <linux/mman.h>
#include <pthread.h>
#include <sys/mman.h>
#undef MAP_NORESERVE
#define MAP_NORESERVE 0

#include "static.c"

#define NAMED(name) __attribute__ ((alias (#name), used))

void *malloc (size_t size) NAMED (mi_malloc);
void *calloc (size_t count, size_t size) NAMED (mi_calloc);
void *realloc (void *block, size_t size) NAMED (mi_realloc);
void free (void *block) NAMED (mi_free);
int posix_memalign (void **block, size_t alignment, size_t size) NAMED (mi_posix_memalign);
void *aligned_alloc (size_t alignment, size_t size) NAMED (mi_aligned_alloc);
void *memalign (size_t alignment, size_t size) NAMED (mi_memalign);
/* What these return is freed with the free above. */
char *strdup (const char *text) NAMED (mi_strdup);
char *strndup (const char *text, size_t size) NAMED (mi_strndup);

/* Other threads of the process may be in the middle of it when it forks, and are not there in the child, which would wait
   for them for ever: for readers of the list of what ended threads left, or for who frees a block of that. So a child
   begins without that list; what it named stays the child's until that ends. */
static void in_child (void)
{
    mi_atomic_store_release (&abandoned, (mi_tagged_segment_t) 0);
    mi_atomic_store_ptr_release (mi_segment_t, &abandoned_visited, NULL);
    mi_atomic_store_release (&abandoned_count, (size_t) 0);
    mi_atomic_store_release (&abandoned_visited_count, (size_t) 0);
    mi_atomic_store_release (&abandoned_readers, (size_t) 0);
}

/* mimalloc never gives up the heap of its first thread, that which loads the library, when that thread ends. So no
   thread is the first one: its heap is like that of all others. Runs before all other constructors. */
static void __attribute__ ((constructor (101))) start (void)
{
    /* The memory of a segment (32 MiB) that is free goes back when it has been free for this long and a thread ends or
       needs a segment. At once would cost a stream of large messages half its speed or more: each would be made of new
       pages. The same thread looks after what messages of a thread that has ended still held. */
    mi_option_set (mi_option_segment_decommit_delay, 25);
    mi_process_init ();
    pthread_atfork (NULL, NULL, in_child);
    _mi_heap_main.thread_id = 1; /* no thread has it: it is an address */
    _mi_heap_set_default_direct ((mi_heap_t *) &_mi_heap_empty);
}
