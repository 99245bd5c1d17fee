/*
 * recharge_page.c: the capacities on offer with their prices.
 */
#include "recharge/recharge_page.h"

#include "base/text.h"
#include "recharge/recharge.h"
#include "web/pager.h"

#include <string.h>

bool recharge_offer_nodes(struct context *context, struct node *choice, const char *chosen, GError **error)
{
    g_autoptr(GArray) offers = recharge_offers(context->db, moment_date(context->now), error);
    for (guint i = 0; offers != NULL && i < offers->len; i++) {
        const struct recharge_offer *offer = &g_array_index(offers, struct recharge_offer, i);
        g_autofree char *value = g_strdup_printf("%" G_GINT64_FORMAT, offer->bytes);
        g_autofree char *capacity = text_capacity(offer->bytes), *yen = pager_number((uint64_t)offer->yen);
        g_autofree char *text =
            label_format(context->language, LABEL_RECHARGE_OFFER, "capacity", capacity, "yen", yen, NULL);
        form_option_node(choice, value, text, chosen);
    }
    return offers != NULL;
}
