/*
 * view.c: one compiled stylesheet a language, kept as long as the process; a transform a page.
 */
#include "view/view.h"

#include "base/error.h"
#include "base/log.h"
#include "view/arena.h"
#include "view/doc_internal.h"
#include "view/html.h"
#include "view/links.h"
#include "view/loop.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlsave.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>
#include <stdarg.h>
#include <string.h>

enum { DEPTH_MOST = 400, VARIABLES_MOST = 5000 };

struct view {
    xsltStylesheet *sheets[LANGUAGE_N];
    struct loops *loops[LANGUAGE_N];
    xsltSecurityPrefs *nothing;
};

G_GNUC_PRINTF(2, 3)
static void to_log(void *context, const char *format, ...)
{
    (void)context;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_strchomp(message);
    if (*message != '\0') {
        log_event(LOG_WARNING, "view", LOG_TEXT("message", message));
    }
}

/* Every way to the outside is closed. Only after compiling: before, xsl:import would fail too. */
static xsltSecurityPrefs *forbid_all(void)
{
    static const xsltSecurityOption ways[] = { XSLT_SECPREF_READ_FILE, XSLT_SECPREF_WRITE_FILE,
                                               XSLT_SECPREF_CREATE_DIRECTORY, XSLT_SECPREF_READ_NETWORK,
                                               XSLT_SECPREF_WRITE_NETWORK };
    xsltSecurityPrefs *preferences = xsltNewSecurityPrefs();
    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
        g_assert(xsltSetSecurityPrefs(preferences, ways[i], xsltSecurityForbid) == 0);
    }
    return preferences;
}

static xsltStylesheet *compile(const char *file, GError **error)
{
    xmlDoc *text = xmlReadFile(file, NULL, XML_PARSE_NONET);
    xsltStylesheet *sheet = text == NULL ? NULL : xsltParseStylesheetDoc(text);
    if (sheet == NULL || sheet->errors > 0) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "%s does not compile", file);
        if (sheet != NULL) {
            xsltFreeStylesheet(sheet);
        } else if (text != NULL) {
            xmlFreeDoc(text);
        }
        return NULL;
    }
    return sheet;
}

struct view *view_open(const char *directory, GError **error)
{
    arena_open();
    LIBXML_TEST_VERSION
    xmlSetGenericErrorFunc(NULL, to_log);
    xsltSetGenericErrorFunc(NULL, to_log);
    struct view *view = g_new0(struct view, 1);
    for (int i = 0; i < LANGUAGE_N; i++) {
        g_autofree char *file = g_strdup_printf("%s/portal.%s.xsl", directory, language_code((enum language)i));
        view->sheets[i] = compile(file, error);
        if (view->sheets[i] == NULL) {
            view_free(view);
            return NULL;
        }
        view->loops[i] = loops_new(view->sheets[i]);
    }
    view->nothing = forbid_all();
    xsltSetDefaultSecurityPrefs(view->nothing);
    return view;
}

void view_free(struct view *view)
{
    for (int i = 0; i < LANGUAGE_N; i++) {
        if (view->sheets[i] != NULL) {
            loops_free(view->loops[i]);
            xsltFreeStylesheet(view->sheets[i]);
        }
    }
    if (view->nothing != NULL) {
        xsltFreeSecurityPrefs(view->nothing);
    }
    g_free(view);
}

bool view_has_page(const struct view *view, const char *page)
{
    g_autofree char *name = g_strconcat("page.", page, NULL);
    const xsltTemplate *template = view->sheets[LANGUAGE_JA]->templates;
    while (template != NULL && (template->name == NULL || strcmp((const char *)template->name, name) != 0)) {
        template = template->next;
    }
    return template != NULL;
}

static xmlDoc *transform(const struct view *view, enum language language, xmlDoc *tree)
{
    xsltStylesheet *sheet = view->sheets[language];
    xsltTransformContext *context = xsltNewTransformContext(sheet, tree);
    if (context == NULL) {
        return NULL;
    }
    loops_attach(view->loops[language], context);
    xsltSetCtxtSecurityPrefs(view->nothing, context);
    xsltSetTransformErrorFunc(context, context, to_log);
    context->maxTemplateDepth = DEPTH_MOST;
    context->maxTemplateVars = VARIABLES_MOST;
    xmlDoc *result = xsltApplyStylesheetUser(sheet, tree, NULL, NULL, NULL, context);
    if (result != NULL && context->state != XSLT_STATE_OK) {
        xmlFreeDoc(result);
        result = NULL;
    }
    xsltFreeTransformContext(context);
    return result;
}

/* The dictionary of a result counts on the stylesheet's, which stays. */
static void drop(xmlDoc *result)
{
    if (arena_drops_all()) {
        xmlDictFree(result->dict);
    } else {
        xmlFreeDoc(result);
    }
}

/* As XHTML that a browser's HTML reads alike. libxml2's HTML takes twice the time: it looks up each element's name. Of
 * a tree alone XHTML is made whatever its document type, which therefore is written here. */
static char *save(xmlDoc *result, const char *before, gsize *length)
{
    xmlBuffer *buffer = xmlBufferCreate();
    xmlSaveCtxt *out = xmlSaveToBuffer(buffer, "UTF-8", XML_SAVE_XHTML);
    bool good = out != NULL && xmlSaveTree(out, xmlDocGetRootElement(result)) >= 0;
    good = out != NULL && xmlSaveClose(out) >= 0 && good;
    char *text = good ? g_strconcat(before, (const char *)xmlBufferContent(buffer), NULL) : NULL;
    *length = good ? strlen(text) : 0;
    xmlBufferFree(buffer);
    return text;
}

static char *serialise(xmlDoc *result, gsize *length)
{
    static const char type[] = "<!DOCTYPE html>\n";
    const xmlNode *root = xmlDocGetRootElement(result);
    char *text = root != NULL ? html_write(root, type, length) : NULL;
    return text != NULL ? text : save(result, type, length);
}

/* The links of a page whose root names a base lead below it. */
static void carry_base(xmlDoc *tree, xmlDoc *result)
{
    xmlChar *base = xmlGetNoNsProp(xmlDocGetRootElement(tree), BAD_CAST "base");
    if (base != NULL) {
        links_below(result, (const char *)base);
        xmlFree(base);
    }
}

char *view_render(const struct view *view, struct doc *doc, enum language language, gsize *length, GError **error)
{
    xmlDoc *result = transform(view, language, doc_tree(doc));
    if (result != NULL) {
        carry_base(doc_tree(doc), result);
    }
    char *text = result != NULL ? serialise(result, length) : NULL;
    if (text == NULL) {
        g_set_error(error, PORTAL_ERROR, PORTAL_INTERNAL, "the page does not render");
    }
    if (result != NULL) {
        drop(result);
    }
    return text;
}
