/*
 * A disk that fails, for a process that is started with this library in LD_PRELOAD. It counts what is done to the files
 * of one directory (read, write, fsync, ftruncate, unlink) and lets the Nth go wrong:
 *
 *   FAULT_DIRECTORY  the directory
 *   FAULT_DISK       a directory for what a disk would hold if the power failed: only what was synced, names included
 *   FAULT_KIND       eio     the Nth operation fails, and the next ones do not
 *                    dead    from the Nth on every operation fails
 *                    enospc  the Nth operation that takes space fails so, and the next ones do not
 *                    short   the Nth write writes half of what it was asked to, and says so
 *                    fsync   the Nth fsync fails, and what it should have written is lost
 *                    power   at the Nth operation the process ends; a random part of what was not synced is on the disk
 *   FAULT_AT         N, from 1, among the operations that the kind is about
 *   FAULT_SEED       of the random part
 *
 * When it has happened, a line on standard error says where; another one at the end of the process says how many
 * operations of each sort there were.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))real(#name))
#define MAX_FILES 16
#define PAGE 4096
#define SECTOR 512

enum operation { READ, WRITE, SYNC, TRUNCATE, UNLINK };
static const char *const operation_names[] = {"read", "write", "fsync", "ftruncate", "unlink"};

/* A file that must survive. */
struct file {
  char name[64];
  int exists;
  /* Whether its name is on the disk; until then its content waits in `pending`. */
  int published;
  unsigned char *dirty; /* by page */
  size_t pages;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct file files[MAX_FILES];
/* Operations that the kind is about, and all of them, each sort by itself. */
static long count;
static long counts[5];

static void *real(const char *name) {
  void *function = dlsym(RTLD_NEXT, name);
  if (function == NULL) abort();
  return function;
}

static const char *setting(const char *name) {
  const char *value = getenv(name);
  return value == NULL ? "" : value;
}

/* The name in the directory that a path has, "" for the directory itself, NULL for what is elsewhere. */
static const char *name_in_directory(const char *path) {
  const char *directory = setting("FAULT_DIRECTORY");
  size_t length = strlen(directory);
  if (length == 0 || strncmp(path, directory, length) != 0) return NULL;
  if (path[length] == '\0') return path + length;
  return path[length] == '/' ? path + length + 1 : NULL;
}

static const char *name_of(int descriptor, char *path, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, size - 1);
  if (length < 0) return NULL;
  path[length] = '\0';
  return name_in_directory(path);
}

/* The shared memory of the write-ahead log is made anew after a crash, and locks hold nothing. */
static struct file *kept(const char *name) {
  if (strncmp(name, "stepwell.db", 11) != 0 || strstr(name, "-shm") != NULL) return NULL;
  for (struct file *file = files; file < files + MAX_FILES; file++) {
    if (file->name[0] == '\0') snprintf(file->name, sizeof file->name, "%s", name);
    if (strcmp(file->name, name) == 0) return file;
  }
  abort();
}

static void path_on_disk(const char *name, int published, char *path, size_t size) {
  snprintf(path, size, "%s/%s%s", setting("FAULT_DISK"), published ? "" : "pending/", name);
}

static int random_bit(void) {
  static unsigned int state;
  if (state == 0) state = (unsigned int)atoi(setting("FAULT_SEED")) + 1;
  return rand_r(&state) & 1;
}

static void note_written(struct file *file, off_t from, size_t length) {
  file->exists = 1;
  if (length == 0) return;
  size_t last = (size_t)(from + (off_t)length - 1) / PAGE;
  if (last >= file->pages) {
    file->dirty = realloc(file->dirty, last + 1);
    memset(file->dirty + file->pages, 0, last + 1 - file->pages);
    file->pages = last + 1;
  }
  memset(file->dirty + from / PAGE, 1, last + 1 - (size_t)(from / PAGE));
}

/* Brings what is dirty to the disk, or a random part of it. */
static void bring_to_disk(struct file *file, int all) {
  char from_path[4096], to_path[4096], page[PAGE];
  snprintf(from_path, sizeof from_path, "%s/%s", setting("FAULT_DIRECTORY"), file->name);
  path_on_disk(file->name, file->published, to_path, sizeof to_path);
  int from = REAL(open)(from_path, O_RDONLY);
  int to = REAL(open)(to_path, O_RDWR | O_CREAT, 0600);
  struct stat status;
  if (from < 0 || to < 0 || fstat(from, &status) != 0) abort();
  for (size_t index = 0; index < file->pages; index++) {
    if (!file->dirty[index]) continue;
    ssize_t length = REAL(pread)(from, page, PAGE, (off_t)index * PAGE);
    ssize_t step = all || random_bit() ? PAGE : SECTOR;
    for (ssize_t at = 0; at < length; at += step) {
      if (!all && random_bit()) continue;
      size_t size = (size_t)(length - at < step ? length - at : step);
      if (REAL(pwrite)(to, page + at, size, (off_t)index * PAGE + at) < 0) abort();
    }
    file->dirty[index] = 0;
  }
  if ((all || random_bit()) && REAL(ftruncate)(to, status.st_size) != 0) abort();
  REAL(close)(from);
  REAL(close)(to);
}

/* Brings the names of the directory to the disk, or a random part of them. */
static void publish(int all) {
  char pending[4096], published[4096];
  for (struct file *file = files; file < files + MAX_FILES && file->name[0] != '\0'; file++) {
    if (!all && random_bit()) continue;
    path_on_disk(file->name, 1, published, sizeof published);
    path_on_disk(file->name, 0, pending, sizeof pending);
    if (!file->exists) REAL(unlink)(published);
    else if (!file->published) {
      int made = REAL(open)(pending, O_RDWR | O_CREAT, 0600);
      if (made < 0 || rename(pending, published) != 0) abort();
      REAL(close)(made);
      file->published = 1;
    }
  }
}

static void lose_power(void) {
  for (struct file *file = files; file < files + MAX_FILES && file->name[0] != '\0'; file++) {
    if (file->exists) bring_to_disk(file, 0);
  }
  publish(0);
  kill(getpid(), SIGKILL);
  pause();
}

/* What happens to an operation: 0 nothing, an error, or -1 for half of it. */
static int fault(enum operation operation, const char *name) {
  const char *kind = setting("FAULT_KIND");
  long at = atol(setting("FAULT_AT"));
  counts[operation] += 1;
  if (strcmp(kind, "short") == 0 && operation != WRITE) return 0;
  if (strcmp(kind, "fsync") == 0 && operation != SYNC) return 0;
  if (strcmp(kind, "enospc") == 0 && operation != WRITE && operation != TRUNCATE) return 0;
  count += 1;
  int is_dead = strcmp(kind, "dead") == 0 && count > at;
  if (count != at && !is_dead) return 0;
  if (!is_dead) dprintf(2, "fault %s at %ld: %s of %s\n", kind, at, operation_names[operation],
            name[0] == '\0' ? "the directory" : name);
  if (strcmp(kind, "short") == 0) return -1;
  if (strcmp(kind, "power") == 0) {
    if (operation == WRITE) return -1;
    lose_power();
  }
  return strcmp(kind, "enospc") == 0 ? ENOSPC : EIO;
}

static ssize_t fail(int error) {
  errno = error;
  return -1;
}

static ssize_t write_at(int descriptor, const void *bytes, size_t size, off_t offset, int moves) {
  char path[4096];
  const char *name = name_of(descriptor, path, sizeof path);
  if (name == NULL) {
    return moves ? REAL(write)(descriptor, bytes, size) : REAL(pwrite)(descriptor, bytes, size, offset);
  }
  pthread_mutex_lock(&lock);
  struct file *file = kept(name);
  int error = fault(WRITE, name);
  if (error < 0) size = (size + 1) / 2;
  ssize_t written;
  if (error > 0) written = fail(error);
  else if (moves) {
    offset = lseek(descriptor, 0, SEEK_CUR);
    written = REAL(write)(descriptor, bytes, size);
  } else written = REAL(pwrite)(descriptor, bytes, size, offset);
  if (file != NULL && written > 0) note_written(file, offset, (size_t)written);
  if (error < 0 && strcmp(setting("FAULT_KIND"), "power") == 0) lose_power();
  int result = errno;
  pthread_mutex_unlock(&lock);
  errno = result;
  return written;
}

static int sync_of(int descriptor, int (*really)(int)) {
  char path[4096];
  const char *name = name_of(descriptor, path, sizeof path);
  if (name == NULL) return really(descriptor);
  pthread_mutex_lock(&lock);
  struct file *file = kept(name);
  int error = fault(SYNC, name);
  if (error != 0) {
    /* As Linux does it: the pages count as written from here on. */
    if (file != NULL && file->dirty != NULL) memset(file->dirty, 0, file->pages);
  } else if (name[0] == '\0') publish(1);
  else if (file != NULL && file->exists) bring_to_disk(file, 1);
  pthread_mutex_unlock(&lock);
  return error == 0 ? 0 : (int)fail(error);
}

static int truncate_of(int descriptor, off_t size) {
  char path[4096];
  const char *name = name_of(descriptor, path, sizeof path);
  if (name == NULL) return REAL(ftruncate)(descriptor, size);
  pthread_mutex_lock(&lock);
  struct file *file = kept(name);
  int error = fault(TRUNCATE, name);
  int result = error > 0 ? (int)fail(error) : REAL(ftruncate)(descriptor, size);
  if (file != NULL && error == 0) file->exists = 1;
  pthread_mutex_unlock(&lock);
  return result;
}

static int read_fault(int descriptor) {
  char path[4096];
  const char *name = name_of(descriptor, path, sizeof path);
  if (name == NULL) return 0;
  pthread_mutex_lock(&lock);
  int error = fault(READ, name);
  pthread_mutex_unlock(&lock);
  return error;
}

ssize_t write(int descriptor, const void *bytes, size_t size) {
  return write_at(descriptor, bytes, size, 0, 1);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t offset) {
  return write_at(descriptor, bytes, size, offset, 0);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t offset) {
  return write_at(descriptor, bytes, size, offset, 0);
}

ssize_t read(int descriptor, void *bytes, size_t size) {
  int error = read_fault(descriptor);
  return error > 0 ? fail(error) : REAL(read)(descriptor, bytes, size);
}

ssize_t pread(int descriptor, void *bytes, size_t size, off_t offset) {
  int error = read_fault(descriptor);
  return error > 0 ? fail(error) : REAL(pread)(descriptor, bytes, size, offset);
}

ssize_t pread64(int descriptor, void *bytes, size_t size, off64_t offset) {
  int error = read_fault(descriptor);
  return error > 0 ? fail(error) : REAL(pread64)(descriptor, bytes, size, offset);
}

int fsync(int descriptor) {
  return sync_of(descriptor, REAL(fsync));
}

int fdatasync(int descriptor) {
  return sync_of(descriptor, REAL(fdatasync));
}

int ftruncate(int descriptor, off_t size) {
  return truncate_of(descriptor, size);
}

int ftruncate64(int descriptor, off64_t size) {
  return truncate_of(descriptor, size);
}

int unlink(const char *path) {
  const char *name = name_in_directory(path);
  if (name == NULL) return REAL(unlink)(path);
  pthread_mutex_lock(&lock);
  struct file *file = kept(name);
  int error = fault(UNLINK, name);
  int result = error > 0 ? (int)fail(error) : REAL(unlink)(path);
  if (file != NULL && result == 0) {
    char pending[4096];
    path_on_disk(name, 0, pending, sizeof pending);
    REAL(unlink)(pending);
    file->exists = file->published = 0;
    if (file->dirty != NULL) memset(file->dirty, 0, file->pages);
  }
  pthread_mutex_unlock(&lock);
  return result;
}

__attribute__((destructor)) static void tell_counts(void) {
  dprintf(2, "counts");
  for (int sort = READ; sort <= UNLINK; sort++) dprintf(2, " %s=%ld", operation_names[sort], counts[sort]);
  dprintf(2, "\n");
}
