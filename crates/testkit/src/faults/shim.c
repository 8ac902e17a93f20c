/*
 * Makes one file operation of a program fail, or ends the program there. Loaded before the C library (LD_PRELOAD); tests use
 * it through `testkit::faults`.
 *
 *   WHOSAW_FAULT_UNDER   only files in this folder count
 *   WHOSAW_FAULT_TRACE   each operation that counts is written here: "<call> <n> <hit or -> <path>"
 *   WHOSAW_FAULT_ARMED   if set: nothing counts while this file is not there
 *   WHOSAW_FAULT         "<call> <n> <how>": the n-th such call, "<call> <n>+ <how>": that one and all after it. How:
 *                          EIO, ENOSPC  not done, and this error is returned
 *                          kept         done, and EIO is returned all the same
 *                          torn         done for the first half of the bytes, and ENOSPC is returned
 *                          KILL         not done, and the process gets SIGKILL
 *
 * Calls are counted by name over all threads. What is really done goes straight to the kernel.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum call { OPEN, WRITE, PWRITE, FSYNC, FDATASYNC, FTRUNCATE, RENAME, UNLINK, MKDIR, CALLS };
static const char *const names[CALLS] = {"open",      "write",  "pwrite", "fsync", "fdatasync",
                                         "ftruncate", "rename", "unlink", "mkdir"};
enum how { PASS, EIO_RETURNED, ENOSPC_RETURNED, KEPT, TORN, KILLED };
static const char *const hows[] = {"-", "EIO", "ENOSPC", "kept", "torn", "KILL"};

static const char *under, *armed;
static int trace = -1;
static enum call wanted = CALLS;
static enum how wanted_how = PASS;
static long wanted_n;
static int lasting;
static atomic_long counts[CALLS];

__attribute__((constructor)) static void begin(void) {
  under = getenv("WHOSAW_FAULT_UNDER");
  armed = getenv("WHOSAW_FAULT_ARMED");
  const char *to = getenv("WHOSAW_FAULT_TRACE");
  if (to) trace = syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const char *fault = getenv("WHOSAW_FAULT");
  if (!fault) return;
  char call[16], how[16], n[24];
  if (sscanf(fault, "%15s %23s %15s", call, n, how) != 3) abort();
  wanted_n = atol(n);
  lasting = strchr(n, '+') != NULL;
  for (int c = 0; c < CALLS; c++)
    if (!strcmp(names[c], call)) wanted = c;
  for (int h = EIO_RETURNED; h <= KILLED; h++)
    if (!strcmp(hows[h], how)) wanted_how = h;
  /* A fault that cannot be understood would be a test that cannot fail. */
  if (wanted == CALLS || wanted_how == PASS || wanted_n < 1) abort();
}

/* What is to become of this call. */
static enum how met(enum call call, const char *path) {
  size_t length = under ? strlen(under) : 0;
  if (!length || strncmp(path, under, length) || (path[length] != '/' && path[length])) return PASS;
  if (armed && syscall(SYS_faccessat, AT_FDCWD, armed, F_OK)) return PASS;
  long n = atomic_fetch_add(&counts[call], 1) + 1;
  enum how how = call == wanted && (n == wanted_n || (lasting && n > wanted_n)) ? wanted_how : PASS;
  if (trace >= 0) {
    char line[PATH_MAX + 64];
    int bytes = snprintf(line, sizeof line, "%s %ld %s %s\n", names[call], n, hows[how], path + length);
    if (bytes > 0) syscall(SYS_write, trace, line, (size_t)bytes);
  }
  if (how == KILLED) {
    syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
    for (;;) pause();
  }
  return how;
}

static enum how met_fd(enum call call, int fd) {
  char link[32], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t bytes = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
  if (bytes <= 0) return PASS;
  path[bytes] = 0;
  return met(call, path);
}

static enum how met_at(enum call call, int folder, const char *name) {
  if (name[0] == '/') return met(call, name);
  char link[32], path[PATH_MAX * 2];
  snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", folder);
  ssize_t bytes = syscall(SYS_readlinkat, AT_FDCWD, link, path, (size_t)PATH_MAX - 1);
  if (bytes <= 0) return PASS;
  snprintf(path + bytes, sizeof path - (size_t)bytes, "/%s", name);
  return met(call, path);
}

static long failed(int error) {
  errno = error;
  return -1;
}

/* A call that is done whole or not at all. */
#define WHOLE(met_how, real)                         \
  switch (met_how) {                                 \
    case EIO_RETURNED: return failed(EIO);           \
    case ENOSPC_RETURNED: return failed(ENOSPC);     \
    case KEPT: case TORN: return (real), failed(EIO); \
    default: return (real);                          \
  }

static int opened(int folder, const char *path, int flags, mode_t mode) {
  enum how how = met_at(OPEN, folder, path);
  if (how == EIO_RETURNED) return failed(EIO);
  if (how == ENOSPC_RETURNED) return failed(ENOSPC);
  int fd = syscall(SYS_openat, folder, path, flags, mode);
  if (how == PASS || fd < 0) return fd;
  /* The file was made, and nobody has it open. */
  syscall(SYS_close, fd);
  return failed(EIO);
}

static mode_t mode_of(int flags, va_list *more) {
  return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(*more, mode_t) : 0;
}
#define OPENED(name, parameters, folder)                 \
  int name parameters {                                  \
    va_list more;                                        \
    va_start(more, flags);                               \
    mode_t mode = mode_of(flags, &more);                 \
    va_end(more);                                        \
    return opened(folder, path, flags, mode);            \
  }
OPENED(open, (const char *path, int flags, ...), AT_FDCWD)
OPENED(open64, (const char *path, int flags, ...), AT_FDCWD)
OPENED(openat, (int folder, const char *path, int flags, ...), folder)
OPENED(openat64, (int folder, const char *path, int flags, ...), folder)

ssize_t write(int fd, const void *bytes, size_t count) {
  enum how how = met_fd(WRITE, fd);
  if (how == TORN) return syscall(SYS_write, fd, bytes, count / 2), failed(ENOSPC);
  WHOLE(how, syscall(SYS_write, fd, bytes, count))
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
  WHOLE(met_fd(WRITE, fd), syscall(SYS_writev, fd, parts, count))
}
static ssize_t pwritten(int fd, const void *bytes, size_t count, off_t at) {
  enum how how = met_fd(PWRITE, fd);
  if (how == TORN) return syscall(SYS_pwrite64, fd, bytes, count / 2, at), failed(ENOSPC);
  WHOLE(how, syscall(SYS_pwrite64, fd, bytes, count, at))
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return pwritten(fd, bytes, count, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) { return pwritten(fd, bytes, count, at); }
int fsync(int fd) { WHOLE(met_fd(FSYNC, fd), syscall(SYS_fsync, fd)) }
int fdatasync(int fd) { WHOLE(met_fd(FDATASYNC, fd), syscall(SYS_fdatasync, fd)) }
int ftruncate(int fd, off_t size) { WHOLE(met_fd(FTRUNCATE, fd), syscall(SYS_ftruncate, fd, size)) }
int ftruncate64(int fd, off64_t size) { WHOLE(met_fd(FTRUNCATE, fd), syscall(SYS_ftruncate, fd, size)) }

static int renamed(int from_folder, const char *from, int to_folder, const char *to) {
  WHOLE(met_at(RENAME, to_folder, to), syscall(SYS_renameat2, from_folder, from, to_folder, to, 0))
}
int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to); }
int renameat(int a, const char *from, int b, const char *to) { return renamed(a, from, b, to); }

static int unlinked(int folder, const char *path, int flags) {
  WHOLE(met_at(UNLINK, folder, path), syscall(SYS_unlinkat, folder, path, flags))
}
int unlink(const char *path) { return unlinked(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char *path, int flags) { return unlinked(folder, path, flags); }
int rmdir(const char *path) { return unlinked(AT_FDCWD, path, AT_REMOVEDIR); }

static int made(int folder, const char *path, mode_t mode) {
  WHOLE(met_at(MKDIR, folder, path), syscall(SYS_mkdirat, folder, path, mode))
}
int mkdir(const char *path, mode_t mode) { return made(AT_FDCWD, path, mode); }
int mkdirat(int folder, const char *path, mode_t mode) { return made(folder, path, mode); }
