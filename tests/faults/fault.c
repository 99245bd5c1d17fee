/*
 * fault.c: a library to be preloaded into a pool process, which then breaks where a request asks for it by a header:
 *
 *   X-Fault: alloc 12        the 12th allocation of this request fails (0: none, they are only counted)
 *   X-Fault: alloc 12 on     and so do all after it, until the request is over
 *   X-Fault: finish          the process is killed when all is done but nothing of the answer is sent
 *
 * A request that outlives this tells how many allocations it made: one number a line, added to FAULT_FILE. A process
 * that ends by a wild pointer says where.
 */
#include <errno.h>
#include <execinfo.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <dlfcn.h>

/* What the C library calls its own. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
int posix_memalign(void **out, size_t alignment, size_t size);

static struct {
    bool counts, lasts, dies;
    long number, at; /* the present one; the one that fails */
} fault;

static bool fails(void)
{
    if (!fault.counts) {
        return false;
    }
    fault.number++;
    bool hit = fault.at > 0 && (fault.number == fault.at || (fault.lasts && fault.number > fault.at));
    if (hit) {
        errno = ENOMEM;
    }
    return hit;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
    return fails() ? NULL : __libc_realloc(old, size);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
    void *place = fails() ? NULL : __libc_memalign(alignment, size);
    if (place == NULL) {
        return ENOMEM;
    }
    *out = place;
    return 0;
}

/* Functions of libraries that copy a text and do not look whether there was memory for it: json-c 0.16 the name of a
 * member, libmariadb 3.3 the server's version. */
static bool is_in_library(void *const *places, int n)
{
    for (int i = 0; i < n; i++) {
        Dl_info info;
        if (dladdr(places[i], &info) != 0 && info.dli_sname != NULL &&
            (strcmp(info.dli_sname, "json_tokener_parse_ex") == 0 ||
             strcmp(info.dli_sname, "mariadb_connection") == 0)) {
            return true;
        }
    }
    return false;
}

static void on_wild_pointer(int number)
{
    static const char said[] = "fault: a wild pointer\n", library_said[] = "fault: a library is out of memory\n";
    void *places[40];
    fault.counts = false;
    int n = backtrace(places, 40);
    if (is_in_library(places, n)) {
        if (write(STDERR_FILENO, library_said, sizeof library_said - 1) < 0) {
            _exit(1);
        }
    } else if (write(STDERR_FILENO, said, sizeof said - 1) > 0) {
        backtrace_symbols_fd(places, n, STDERR_FILENO);
    }
    signal(number, SIG_DFL);
    raise(number);
}

__attribute__((constructor)) static void begin(void)
{
    void *place;
    backtrace(&place, 1); /* the first call loads a library */
    signal(SIGSEGV, on_wild_pointer);
    signal(SIGBUS, on_wild_pointer);
}

/* The function of that name which this library stands in front of. */
static void *next(const char *name)
{
    void *function = dlsym(RTLD_NEXT, name);
    if (function == NULL) {
        abort();
    }
    return function;
}

static void read_header(const char *text)
{
    char word[8] = "";
    memset(&fault, 0, sizeof fault);
    if (text == NULL) {
        return;
    }
    fault.dies = strcmp(text, "finish") == 0;
    if (sscanf(text, "alloc %ld %7s", &fault.at, word) >= 1) {
        fault.lasts = strcmp(word, "on") == 0;
        fault.counts = true;
    }
}

static void tell(long number)
{
    char line[32];
    const char *file = getenv("FAULT_FILE");
    int length = snprintf(line, sizeof line, "%ld\n", number);
    int fd = file != NULL ? open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (fd < 0 || write(fd, line, (size_t)length) != length || close(fd) != 0) {
        abort();
    }
}

int FCGX_Accept_r(FCGX_Request *request)
{
    int (*accept)(FCGX_Request *) = (int (*)(FCGX_Request *))next("FCGX_Accept_r");
    int code = accept(request);
    read_header(code == 0 ? FCGX_GetParam("HTTP_X_FAULT", request->envp) : NULL);
    return code;
}

void FCGX_Finish_r(FCGX_Request *request)
{
    void (*finish)(FCGX_Request *) = (void (*)(FCGX_Request *))next("FCGX_Finish_r");
    bool counted = fault.counts;
    fault.counts = false;
    if (fault.dies) {
        kill(getpid(), SIGKILL);
    }
    if (counted) {
        tell(fault.number);
    }
    finish(request);
}
