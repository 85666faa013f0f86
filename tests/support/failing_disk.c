// A disk below the C library that fails on order, for tests (support/failing_disk.py).
//
// $FAILING_DISK names a file that holds "CALL PART", e.g. "fsync .db-wal": from then on that call
// fails with EIO for every file whose path, with a blank behind it, has PART in it. CALL "write"
// stands for write, pwrite and their 64-bit forms, "fsync" for fdatasync too.
//
// $DIE_AT is a number: the process kills itself just before its so-many-th step. A step is what a
// crash can come before or after: a flush, a rename, a removal, a new folder. $COUNT_STEPS names a
// file that is told at the end how many there were.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static ssize_t (*next_read)(int, void *, size_t);

static long taken;

__attribute__((destructor)) static void tell_steps(void)
{
    const char *file = getenv("COUNT_STEPS");
    FILE *out = file ? fopen(file, "w") : NULL;
    if (!out) return;
    fprintf(out, "%ld", taken);
    fclose(out);
}

static void step(void)
{
    const char *last = getenv("DIE_AT");
    long now = __atomic_add_fetch(&taken, 1, __ATOMIC_SEQ_CST);
    if (last && now == atol(last)) kill(getpid(), SIGKILL);
}

static int ordered(const char *call, int descriptor)
{
    const char *orders = getenv("FAILING_DISK");
    char order[256] = "", link[64], path[4096];
    if (!orders) return 0;
    int file = open(orders, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    if (!next_read) next_read = dlsym(RTLD_NEXT, "read");
    ssize_t got = next_read(file, order, sizeof order - 1);
    close(file);
    if (got <= 0) return 0;
    order[got] = 0;
    order[strcspn(order, "\n")] = 0;
    size_t length = strlen(call);
    if (strncmp(order, call, length) != 0 || order[length] != ' ') return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    got = readlink(link, path, sizeof path - 2);
    if (got < 0) return 0;
    path[got] = ' ';
    path[got + 1] = 0;
    if (!strstr(path, order + length + 1)) return 0;
    errno = EIO;
    return 1;
}

#define FAIL_OR(call, is_step, name, type, parameters, ...)                                        \
    type name parameters                                                                           \
    {                                                                                              \
        static type(*next) parameters;                                                             \
        if (ordered(call, descriptor)) return -1;                                                  \
        if (is_step) step();                                                                       \
        if (!next) next = dlsym(RTLD_NEXT, #name);                                                 \
        return next(__VA_ARGS__);                                                                  \
    }

FAIL_OR("fsync", 1, fsync, int, (int descriptor), descriptor)
FAIL_OR("fsync", 1, fdatasync, int, (int descriptor), descriptor)
FAIL_OR("write", 0, write, ssize_t, (int descriptor, const void *from, size_t size), descriptor,
        from, size)
FAIL_OR("write", 0, pwrite, ssize_t, (int descriptor, const void *from, size_t size, off_t at),
        descriptor, from, size, at)
FAIL_OR("write", 0, pwrite64, ssize_t, (int descriptor, const void *from, size_t size, off64_t at),
        descriptor, from, size, at)

#define STEP(name, parameters, ...)                                                                \
    int name parameters                                                                            \
    {                                                                                              \
        static int(*next) parameters;                                                              \
        step();                                                                                    \
        if (!next) next = dlsym(RTLD_NEXT, #name);                                                 \
        return next(__VA_ARGS__);                                                                  \
    }

STEP(rename, (const char *from, const char *to), from, to)
STEP(renameat2, (int a, const char *from, int b, const char *to, unsigned flags), a, from, b, to,
     flags)
STEP(remove, (const char *path), path)
STEP(unlink, (const char *path), path)
STEP(unlinkat, (int folder, const char *path, int flags), folder, path, flags)
STEP(mkdir, (const char *path, mode_t mode), path, mode)
