// A disk that fails on order. The file $FAILING_DISK holds "CALL PART", e.g. "fsync .db-wal": from
// then on that call fails with EIO for every file whose path, with a blank behind it, has PART in
// it. CALL "write" stands for write, pwrite and their 64-bit forms, "fsync" for fdatasync too.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static ssize_t (*next_read)(int, void *, size_t);

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

#define FAIL_OR(call, name, type, parameters, ...)                                                 \
    type name parameters                                                                           \
    {                                                                                              \
        static type(*next) parameters;                                                             \
        if (ordered(call, descriptor)) return -1;                                                  \
        if (!next) next = dlsym(RTLD_NEXT, #name);                                                 \
        return next(__VA_ARGS__);                                                                  \
    }

FAIL_OR("fsync", fsync, int, (int descriptor), descriptor)
FAIL_OR("fsync", fdatasync, int, (int descriptor), descriptor)
FAIL_OR("write", write, ssize_t, (int descriptor, const void *from, size_t size), descriptor, from,
        size)
FAIL_OR("write", pwrite, ssize_t, (int descriptor, const void *from, size_t size, off_t at),
        descriptor, from, size, at)
FAIL_OR("write", pwrite64, ssize_t, (int descriptor, const void *from, size_t size, off64_t at),
        descriptor, from, size, at)
