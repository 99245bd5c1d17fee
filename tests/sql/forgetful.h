/*
 * forgetful.h: a database library that forgets the lengths of cells, on demand.
 */
#ifndef TESTS_SQL_FORGETFUL_H
#define TESTS_SQL_FORGETFUL_H

#include <stdbool.h>

extern bool forgets_lengths;

#endif
