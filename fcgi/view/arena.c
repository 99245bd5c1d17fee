/*
 * arena.c: a reserved piece of address space and a position in it. A block is its size and its bytes; freeing gives
 * back the last block alone. What does not fit any more comes from malloc, and is told apart by its address.
 *
 * Where there is no memory libxml2 would leave out an attribute or half a page without a word. As with GLib the process
 * ends instead, and nginx answers.
 */
#include "view/arena.h"

#include <glib.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlmemory.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__)
#define SEES_EACH_BLOCK true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SEES_EACH_BLOCK true
#endif
#endif
#ifndef SEES_EACH_BLOCK
#define SEES_EACH_BLOCK false
#endif

/* RESERVED is address space; of what a page has touched KEPT stays with the process. */
enum { RESERVED = 64 * 1024 * 1024, KEPT = 4 * 1024 * 1024, ALIGNMENT = 16, HEAD = sizeof(gsize) };

static struct {
    char *base; /* NULL: there is no arena */
    gsize at, most;
    guint depth;
    bool has_overflown;
} arena;

static bool is_inside(const void *block)
{
    return arena.base != NULL && (const char *)block >= arena.base && (const char *)block < arena.base + RESERVED;
}

static gsize *head_of(void *block)
{
    return (gsize *)block - 1;
}

/* Blocks begin at multiples of ALIGNMENT, their heads just before. */
static gsize room_for(gsize size)
{
    return (size + HEAD + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static void *checked(void *place, size_t size)
{
    if (place == NULL && size > 0) {
        g_error("no memory for %" G_GSIZE_FORMAT " bytes of a page", size);
    }
    return place;
}

static void *take(size_t size)
{
    if (arena.depth == 0) {
        return checked(malloc(size), size);
    }
    if (size > RESERVED || arena.at + room_for(size) > RESERVED) {
        arena.has_overflown = true;
        return checked(malloc(size), size);
    }
    char *block = arena.base + arena.at + HEAD;
    arena.at += room_for(size);
    arena.most = MAX(arena.most, arena.at);
    *head_of(block) = size;
    return block;
}

static bool is_last(void *block, gsize size)
{
    return (char *)block - HEAD + room_for(size) == arena.base + arena.at;
}

static void give_back(void *block)
{
    if (!is_inside(block)) {
        free(block);
    } else if (is_last(block, *head_of(block))) {
        arena.at -= room_for(*head_of(block));
    }
}

static void *take_again(void *block, size_t size)
{
    if (!is_inside(block)) {
        return block == NULL ? take(size) : checked(realloc(block, size), size);
    }
    gsize old = *head_of(block);
    if (size <= old) {
        return block;
    }
    if (is_last(block, old)) {
        arena.at -= room_for(old); /* the copy begins where the block stands */
    }
    void *wider = take(size);
    if (wider != block) {
        memcpy(wider, block, old);
    }
    return wider;
}

static char *take_text(const char *text)
{
    gsize size = strlen(text) + 1;
    return memcpy(take(size), text, size);
}

void arena_open(void)
{
    g_assert(xmlMemSetup(give_back, take, take_again, take_text) == 0);
    if (SEES_EACH_BLOCK || arena.base != NULL) {
        return;
    }
    void *base = mmap(NULL, RESERVED, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base != MAP_FAILED) {
        arena.base = base;
        arena.at = ALIGNMENT - HEAD;
    }
}

void arena_begin(void)
{
    arena.depth += arena.base != NULL ? 1 : 0;
}

void arena_end(void)
{
    if (arena.depth == 0 || --arena.depth > 0) {
        return;
    }
    xmlResetLastError(); /* its texts are in the arena */
    if (arena.most > KEPT) {
        madvise(arena.base + KEPT, RESERVED - KEPT, MADV_DONTNEED);
    }
    arena.at = ALIGNMENT - HEAD;
    arena.most = 0;
    arena.has_overflown = false;
}

unsigned arena_suspend(void)
{
    guint depth = arena.depth;
    arena.depth = 0;
    return depth;
}

void arena_resume(unsigned depth)
{
    arena.depth = depth;
}

bool arena_drops_all(void)
{
    return arena.depth > 0 && !arena.has_overflown;
}
