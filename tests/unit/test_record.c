/*
 * test_record.c: a long answer as FastCGI records, read back from a socket that takes it bit by bit. Issue 3, point 3.
 */
#include "web/record.h"

#include <errno.h>
#include <fastcgi.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct writing {
    pthread_t thread;
    int fd;
    const char *bytes;
    gsize n;
    bool good;
};

static gpointer write_all(gpointer data)
{
    struct writing *writing = data;
    writing->thread = pthread_self();
    writing->good = record_write(writing->fd, 0x1234, writing->bytes, writing->n);
    close(writing->fd);
    return NULL;
}

static void interrupted(int number)
{
    (void)number;
}

/* The writer is interrupted again and again: then a write takes a part of what it was given. */
static char *read_all(int fd, const struct writing *writing, gsize *n)
{
    g_autoptr(GByteArray) all = g_byte_array_new();
    guint8 part[777];
    ssize_t got;
    while ((got = read(fd, part, sizeof part)) > 0) {
        g_byte_array_append(all, part, (guint)got);
        pthread_kill(writing->thread, SIGUSR1);
    }
    *n = all->len;
    return (char *)g_byte_array_steal(all, NULL);
}

/* The contents of the records, one after the other; each must be whole and of the right kind. */
static GByteArray *contents(const char *bytes, gsize n)
{
    GByteArray *all = g_byte_array_new();
    gsize at = 0;
    while (at < n) {
        FCGI_Header header;
        g_assert_cmpuint(at + sizeof header, <=, n);
        memcpy(&header, bytes + at, sizeof header);
        at += sizeof header;
        guint length = (guint)header.contentLengthB1 << 8 | header.contentLengthB0;
        g_assert_cmpuint(header.version, ==, FCGI_VERSION_1);
        g_assert_cmpuint(header.type, ==, FCGI_STDOUT);
        g_assert_cmpuint((guint)header.requestIdB1 << 8 | header.requestIdB0, ==, 0x1234);
        g_assert_cmpuint(length, >, 0); /* an empty one would end the answer */
        g_assert_cmpuint((length + header.paddingLength) % 8, ==, 0);
        g_assert_cmpuint(at + length + header.paddingLength, <=, n);
        g_byte_array_append(all, (const guint8 *)bytes + at, length);
        at += length + header.paddingLength;
    }
    return all;
}

static void test_lengths(void)
{
    static const gsize lengths[] = {
        0, 1, 7, 8, 8191, 8192, 24601, 65527, 65528, 65529, 65535, 65536, 131056, 1000003
    };
    for (gsize i = 0; i < G_N_ELEMENTS(lengths); i++) {
        int pair[2], little = 4096;
        g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
        setsockopt(pair[0], SOL_SOCKET, SO_SNDBUF, &little, sizeof little);
        g_autofree char *bytes = g_malloc(lengths[i] + 1);
        for (gsize k = 0; k < lengths[i]; k++) {
            bytes[k] = (char)(k * 31 % 251);
        }
        struct writing writing = { .fd = pair[0], .bytes = bytes, .n = lengths[i] };
        GThread *thread = g_thread_new("writer", write_all, &writing);
        gsize n = 0;
        g_autofree char *got = read_all(pair[1], &writing, &n);
        g_thread_join(thread);
        close(pair[1]);
        g_assert_true(writing.good);
        g_autoptr(GByteArray) all = contents(got, n);
        g_assert_cmpmem(all->data, all->len, bytes, lengths[i]);
    }
}

static void test_gone(void)
{
    int pair[2];
    static const char bytes[100000];
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
    close(pair[1]);
    errno = 0;
    g_assert_false(record_write(pair[0], 1, bytes, sizeof bytes));
    g_assert_cmpint(errno, ==, EPIPE);
    close(pair[0]);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    signal(SIGPIPE, SIG_IGN);
    const struct sigaction action = { .sa_handler = interrupted };
    g_assert_cmpint(sigaction(SIGUSR1, &action, NULL), ==, 0);
    g_test_add_func("/record/lengths", test_lengths);
    g_test_add_func("/record/gone", test_gone);
    return g_test_run();
}
