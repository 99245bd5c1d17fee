/*
 * look_service.h: judging a draft, shared by the dry run and the submission.
 */
#ifndef REQUEST_LOOK_SERVICE_H
#define REQUEST_LOOK_SERVICE_H

#include "request/draft_store.h"

struct look {
    const struct draft_owner *owner;
    struct moment now;
    struct draft *draft;
    GArray *lines; /* struct request_line, judged */
    struct date effective;
    guint refused;
    struct request_total total;
    uint8_t digest[DIGEST_BYTES];
    enum draft_outcome outcome; /* DRAFT_GOOD, _REFUSED: judged; others: not worth judging */
};

/* Judge `look->draft`; `lock`: with its lines locked until the transaction ends. */
bool look_at(struct db *db, struct look *look, bool lock, GError **error);

/* Keep refusals and digest beside the draft. */
bool look_keep(struct db *db, const struct look *look, GError **error);
void look_clear(struct look *look);

#endif
