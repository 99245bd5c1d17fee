/*
 * auto.h: what g_autoptr is for GLib's types, for structs of ours (which have no typedef):
 *   AUTO_DEFINE(line)                      once, below line_free's declaration
 *   AUTO(line) struct line *line = ...;    freed with line_free when the scope ends
 */
#ifndef BASE_AUTO_H
#define BASE_AUTO_H

#define AUTO(name) __attribute__((cleanup(name##_auto_free)))
#define AUTO_DEFINE(name)                                                                                              \
    static inline void name##_auto_free(struct name **pointer)                                                         \
    {                                                                                                                  \
        if (*pointer != NULL) {                                                                                        \
            name##_free(*pointer);                                                                                     \
        }                                                                                                              \
    }

#endif
