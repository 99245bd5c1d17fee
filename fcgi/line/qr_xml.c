/*
 * qr_xml.c: a text as the dark squares of a QR code, in the form of an SVG path. Made on the server: the text is a
 * secret that no other party may see.
 */
#include "line/line_xml.h"

#include <qrencode.h>
#include <string.h>

/* One run of dark modules of a row: a rectangle one module high. */
static void add_run(GString *path, int x, int y, int length)
{
    g_string_append_printf(path, "M%d %dh%dv1h-%dz", x, y, length, length);
}

void line_qr_node(struct node *part, const char *text)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (code == NULL) {
        return;
    }
    g_autoptr(GString) path = g_string_new(NULL);
    for (int y = 0; y < code->width; y++) {
        const unsigned char *row = code->data + (gsize)y * (gsize)code->width;
        for (int x = 0, length = 0; x < code->width; x += length) {
            bool dark = (row[x] & 1) != 0;
            for (length = 1; x + length < code->width && ((row[x + length] & 1) != 0) == dark; length++) {
            }
            if (dark) {
                add_run(path, x, y, length);
            }
        }
    }
    struct node *node = node_add(part, "qr");
    node_set_number(node, "size", code->width);
    node_set(node, "path", path->str);
    explicit_bzero(code->data, (gsize)code->width * (gsize)code->width);
    QRcode_free(code);
}
