/*
 * draft_upload_page.c: a file of phone numbers for a draft: read by the one reader, told row by row.
 */
#include "request/request_page.h"

#include "base/error.h"
#include "line/upload_rule.h"
#include "web/files.h"
#include "web/pager.h"

enum { PIECE = 65536 };

static const struct field upload_fields[] = {
    { .name = "upload", .check = field_text, .flags = FIELD_LENIENT, .most = 1 },
};
const struct form draft_upload_form = FORM("draft-upload", upload_fields);

static const enum label fault_texts[UPLOAD_FAULT_N] = {
    [UPLOAD_BINARY] = LABEL_UPLOAD_FAULT_BINARY,       [UPLOAD_ENDLESS] = LABEL_UPLOAD_FAULT_ENDLESS,
    [UPLOAD_TOO_MANY] = LABEL_UPLOAD_FAULT_TOO_MANY,   [UPLOAD_NOTHING] = LABEL_UPLOAD_FAULT_NOTHING,
    [UPLOAD_NO_COLUMN] = LABEL_UPLOAD_FAULT_NO_COLUMN, [UPLOAD_TWO_COLUMNS] = LABEL_UPLOAD_FAULT_TWO_COLUMNS,
};

static bool feed(struct upload *upload, const struct file *file, GError **error)
{
    char piece[PIECE];
    gsize offset = 0;
    gssize n;
    while ((n = file_read(file, offset, piece, sizeof piece, error)) > 0 && upload_feed(upload, piece, (gsize)n)) {
        offset += (gsize)n;
    }
    return n >= 0;
}

static void fault(struct context *context, enum label text)
{
    g_autofree char *most = pager_number(DRAFT_LINES_MOST);
    bool has_most = text == LABEL_UPLOAD_FAULT_TOO_MANY;
    values_fault(context->values, text, has_most ? "most" : NULL, has_most ? most : NULL);
}

static enum outcome take(struct context *context, const struct file *file, GError **error)
{
    const char *heads[] = { label_text(LANGUAGE_JA, LABEL_CSV_PHONE), label_text(LANGUAGE_EN, LABEL_CSV_PHONE), NULL };
    const char *others[] = { label_text(LANGUAGE_JA, LABEL_UPLOAD_HEADS), label_text(LANGUAGE_EN, LABEL_UPLOAD_HEADS),
                             NULL };
    struct draft_owner owner = draft_owner_of(context);
    AUTO(upload) struct upload *upload = upload_new(heads, others, DRAFT_LINES_MOST);
    if (!feed(upload, file, error)) {
        return FAILED;
    }
    enum upload_fault what = upload_end(upload);
    if (what != UPLOAD_READ) {
        fault(context, fault_texts[what]);
        return AGAIN;
    }
    if (!draft_take_upload(context->db, &owner, context->id, upload, context->now, error)) {
        return FAILED;
    }
    g_autofree char *url = draft_url(context->id, "?said=uploaded");
    response_redirect(context->response, url);
    return DONE;
}

/* POST /drafts/{id}/numbers. */
enum outcome draft_upload_submit(struct context *context, GError **error)
{
    guint count = 0;
    const struct file *file = files_get(context->request->files, "file", &count);
    AUTO(draft) struct draft *draft = draft_page_open(context, error);
    if (draft == NULL) {
        return response_is_sent(context->response) ? DONE : FAILED;
    }
    if (file == NULL || count != 1) {
        fault(context, LABEL_UPLOAD_FAULT_NONE);
        return AGAIN;
    }
    if (file->is_too_large) {
        fault(context, LABEL_UPLOAD_FAULT_TOO_LARGE);
        return AGAIN;
    }
    return take(context, file, error);
}
