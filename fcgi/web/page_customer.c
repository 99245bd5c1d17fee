/*
 * page_customer.c: see page_customer.h. Who sees which customer is the gate's business.
 */
#include "web/page_customer.h"

#include "base/address.h"
#include "web/url.h"

/* What everybody may see, and the API, have no customer in their addresses. */
static bool has_customer(const struct context *context)
{
    return !context->is_api && (context->route == NULL || context->route->right != RIGHT_PUBLIC);
}

void page_customer_set(struct context *context, uint64_t customer)
{
    g_clear_pointer(&context->base, g_free);
    if (context->session.customers > 1 && has_customer(context)) {
        context->base = address_base(customer);
    }
    response_base(context->response, context->base);
}

bool page_customer_is_astray(const struct context *context)
{
    return context->session.is_astray || (context->request->has_base && !has_customer(context));
}

char *page_customer_path(const struct request *request)
{
    g_autofree char *base = request->has_base ? address_base(request->customer) : NULL;
    return address_below(base, request->path);
}

char *page_customer_choice(const char *back)
{
    GString *url = g_string_new("/customers");
    url_add(url, "back", back);
    return g_string_free(url, FALSE);
}
