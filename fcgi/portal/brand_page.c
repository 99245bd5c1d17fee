/*
 * brand_page.c: GET /brand.css and GET /brand/logo: what the operator has set, for everybody to see.
 */
#include "portal/brand_page.h"

#include "base/error.h"
#include "portal/brand_rule.h"

#include <string.h>

enum { KEPT_SECONDS = 3600, LOGO_MOST = 65536 };

static bool nothing(GError **error)
{
    g_set_error(error, PORTAL_ERROR, PORTAL_NOT_FOUND, "the operator has set none");
    return false;
}

enum outcome brand_css_page(struct context *context, GError **error)
{
    struct colour accent;
    if (!brand_accent_read(context->config->portal.accent, &accent)) {
        nothing(error);
        return FAILED;
    }
    g_autofree char *css = brand_css(accent);
    response_send_public(context->response, "text/css; charset=utf-8", css, strlen(css), KEPT_SECONDS);
    return DONE;
}

static const char *type_of(const char *file)
{
    return g_str_has_suffix(file, ".svg") ? "image/svg+xml" : g_str_has_suffix(file, ".png") ? "image/png" : NULL;
}

enum outcome brand_logo_page(struct context *context, GError **error)
{
    const char *file = context->config->portal.logo;
    g_autofree char *bytes = NULL;
    gsize length = 0;
    if (type_of(file) == NULL) {
        nothing(error);
        return FAILED;
    }
    if (!g_file_get_contents(file, &bytes, &length, error)) {
        return FAILED;
    }
    if (length > LOGO_MOST) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "[portal] logo is larger than %d bytes", LOGO_MOST);
        return FAILED;
    }
    response_send_public(context->response, type_of(file), bytes, length, KEPT_SECONDS);
    return DONE;
}

void brand_nodes(struct node *portal, const struct config *config)
{
    struct colour accent;
    if (brand_accent_read(config->portal.accent, &accent)) {
        /* Another colour is another address, so that no browser shows the old one. */
        node_take(portal, "css", g_strconcat("/brand.css?c=", config->portal.accent + 1, NULL));
    }
    if (type_of(config->portal.logo) != NULL) {
        node_set(portal, "logo", "/brand/logo");
    }
}
