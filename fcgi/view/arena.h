/*
 * arena.h: where libxml2 takes the memory of one page from: in order, from one piece, given back all at once. A page
 * of fifty rows is some ten thousand small blocks; taking and freeing each cost a third of its rendering.
 */
#ifndef VIEW_ARENA_H
#define VIEW_ARENA_H

#include <stdbool.h>

/* Have libxml2 ask here for memory; before anything of libxml2 is used. Without it libxml2 allocates as it always does.
 * Builds with the address sanitizer, which must see each block, have no arena, and the rest here does nothing. */
void arena_open(void);

/* From arena_begin to the arena_end of the same depth, what libxml2 allocates is in the arena. What stays longer (a
 * stylesheet, what libxml2 keeps for itself) must not be made between them. */
void arena_begin(void);
void arena_end(void);

/* What is made between the two stays, though an arena has begun: arena_resume takes what arena_suspend returned. */
unsigned arena_suspend(void);
void arena_resume(unsigned depth);

/* True if arena_end alone will give back all that was allocated since arena_begin, so that trees need not be freed node
 * by node; false without an arena, or when a page was too big for it. */
bool arena_drops_all(void);

#endif
