/*
 * echo.c: a bare FastCGI program that answers a constant page; the yardstick of scripts/bench. It does what
 * any answer costs behind nginx and nothing else. Its one argument is the size of the body in bytes.
 */
#include <fcgiapp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *answer_new(size_t size, size_t *length)
{
    char head[128];
    int head_length = snprintf(head, sizeof head,
                               "Content-Type: text/html; charset=utf-8\r\nContent-Length: %zu\r\n"
                               "Cache-Control: no-store\r\n\r\n",
                               size);
    char *answer = malloc((size_t)head_length + size);

    if (answer == NULL)
        return NULL;
    memcpy(answer, head, (size_t)head_length);
    memset(answer + head_length, 'x', size);
    *length = (size_t)head_length + size;
    return answer;
}

int main(int argc, char **argv)
{
    char *end = NULL;
    unsigned long size = argc == 2 ? strtoul(argv[1], &end, 10) : 0;
    FCGX_Request request;
    size_t length = 0;

    if (argc != 2 || end == argv[1] || *end != '\0' || size > 16777216UL) {
        fprintf(stderr, "usage: echo BODY-BYTES (at most 16777216), with a FastCGI socket on descriptor 0\n");
        return 64;
    }
    char *answer = answer_new(size, &length);
    if (answer == NULL || FCGX_Init() != 0 || FCGX_InitRequest(&request, 0, 0) != 0)
        return 70;
    while (FCGX_Accept_r(&request) == 0) {
        FCGX_PutStr(answer, (int)length, request.out);
        FCGX_Finish_r(&request);
    }
    free(answer);
    return 0;
}
