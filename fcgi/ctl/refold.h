/*
 * refold.h: stored search keys in the form that this program folds words to.
 */
#ifndef CTL_REFOLD_H
#define CTL_REFOLD_H

#include "ctl/ctl.h"

/* The first table whose keys have an older form; NULL in `table` if there is none. After the migrations. */
bool refold_find(struct db *db, const char **table, GError **error);

/* Fold the keys of every such table anew, some rows a transaction; what was done stays, and who runs it again goes on
 * from there. A login id whose new key another account has keeps its old key, and is named on standard error. */
bool refold_all(struct ctl *ctl, struct db *db, GError **error);

#endif
