/*
 * audit_rule.c: the chain's arithmetic. Decides which bytes a seal covers; keeps nothing (audit_store.c).
 */
#include "audit/audit_rule.h"

#include <string.h>

static const char *const kind_words[ACTOR_KIND_N] = { "nobody", "account", "token", "operator", "worker" };

const char *actor_kind_word(enum actor_kind kind)
{
    g_assert((unsigned)kind < ACTOR_KIND_N);
    return kind_words[kind];
}

void audit_row_free(struct audit_row *row)
{
    g_free(row->actor_kind);
    g_free(row->actor_name);
    g_free(row->address);
    g_free(row->request_id);
    g_free(row->action);
    g_free(row->object);
    g_free(row->detail);
    g_free(row);
}

char *audit_cut(const char *text, glong most)
{
    char *valid = g_utf8_make_valid(text != NULL ? text : "", -1);
    if (g_utf8_strlen(valid, -1) > most) {
        *g_utf8_offset_to_pointer(valid, most) = '\0';
    }
    return valid;
}

static void add_number(GByteArray *bytes, uint64_t number)
{
    uint64_t big_endian = GUINT64_TO_BE(number);
    g_byte_array_append(bytes, (const guint8 *)&big_endian, sizeof big_endian);
}

static void add_text(GByteArray *bytes, const char *text)
{
    gsize length = strlen(text);
    add_number(bytes, length);
    g_byte_array_append(bytes, (const guint8 *)text, (guint)length);
}

/* The order is part of what is stored: a new field goes to the end. */
void audit_head_advance(struct audit_head *head, const struct secret_keys *keys, guint which,
                        const struct audit_row *row)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    head->position++;
    g_byte_array_append(bytes, head->mac, sizeof head->mac);
    add_number(bytes, head->position);
    add_number(bytes, row->id);
    add_number(bytes, row->customer);
    add_number(bytes, (uint64_t)row->at.us);
    add_number(bytes, row->actor_id);
    add_text(bytes, row->actor_kind);
    add_text(bytes, row->actor_name);
    add_text(bytes, row->address);
    add_text(bytes, row->request_id);
    add_text(bytes, row->action);
    add_text(bytes, row->object);
    add_text(bytes, row->detail);
    secret_mac(keys, which, "audit", bytes->data, bytes->len, head->mac);
}

char *audit_mac_show(const guint8 *mac)
{
    GString *text = g_string_sized_new(2 * AUDIT_MAC_BYTES);
    for (int i = 0; i < AUDIT_MAC_BYTES; i++) {
        g_string_append_printf(text, "%02x", mac[i]);
    }
    return g_string_free(text, FALSE);
}
