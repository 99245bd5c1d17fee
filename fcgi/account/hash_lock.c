/*
 * hash_lock.c: flock on <run_dir>/password.lock.
 */
#include "account/hash_lock.h"

#include "base/clock.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { STEP_US = 3000 };

int hash_lock_take(const char *run_dir, int wait_ms, GError **error)
{
    g_autofree char *path = g_build_filename(run_dir, "password.lock", NULL);
    int64_t until = clock_ticks() + (int64_t)wait_ms * 1000;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0660);
    if (fd < 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "%s: %s", path, g_strerror(errno));
        return -1;
    }
    while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (clock_ticks() >= until) {
            close(fd);
            g_set_error(error, PORTAL_ERROR, PORTAL_LIMIT, "others are hashing");
            return -1;
        }
        g_usleep(STEP_US);
    }
    return fd;
}

void hash_lock_give(int fd)
{
    close(fd);
}
