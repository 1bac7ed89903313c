#include "read/page_lines.h"

#include <string.h>

#include "base/utf8.h"

#define LONG_LINE 25u /* characters: with 、 it is a sentence, whatever it ends in */

typedef struct building {
    kiji_page_lines *out;
    kiji_arena *arena;
    const kiji_page_tree *tree;
    char *text; /* of all lines, one behind the other: room for all texts of the page */
    size_t len;
    size_t begin; /* of the line */
    kiji_page_line line;
    uint32_t block; /* the block that the line stands in */
    bool blank;     /* a blank waits for what comes */
    bool newline;   /* … that was a line end in the source */
    bool comma, stop;
} building;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void end_line(building *b)
{
    if (b->line.characters != 0) {
        b->line.text = (kiji_str){b->text + b->begin, b->len - b->begin};
        b->line.sentence = b->stop || (b->comma && b->line.characters >= LONG_LINE);
        KIJI_PUSH(b->arena, b->out, b->line);
    } else {
        b->len = b->begin;
    }
    memset(&b->line, 0, sizeof b->line);
    b->begin = b->len;
    b->blank = false;
    b->newline = false;
    b->comma = false;
    b->stop = false;
}

/* Source that is broken for width breaks Japanese text where no blank belongs. */
static void put_blank(building *b, const char *next)
{
    const bool wide = b->len > b->begin && (unsigned char)b->text[b->len - 1] >= 0x80 && (unsigned char)*next >= 0x80;
    if (b->blank && b->len > b->begin && !(b->newline && wide)) {
        b->text[b->len++] = ' ';
    }
    b->blank = false;
    b->newline = false;
}

static void put_text(building *b, uint32_t node, bool in_link, bool keeps_lines)
{
    const kiji_str s = b->tree->items[node].text;
    for (size_t at = 0; at < s.len;) {
        if (is_blank(s.ptr[at])) {
            if (keeps_lines && s.ptr[at] == '\n') {
                end_line(b);
            }
            b->newline |= s.ptr[at] == '\n' || s.ptr[at] == '\r';
            b->blank = true;
            at++;
            continue;
        }
        const char *p = s.ptr + at;
        const size_t n = kiji_char_len(p);
        const bool wide_blank = n == 3 && memcmp(p, "\xE3\x80\x80", 3) == 0;
        at += n;
        if (wide_blank && b->line.characters == 0) {
            continue;
        }
        put_blank(b, p);
        memcpy(b->text + b->len, p, n);
        b->len += n;
        if (b->line.characters++ == 0) {
            b->line.node = node;
        }
        b->line.in_links += in_link;
        b->stop |= n == 3 && (memcmp(p, "。", 3) == 0 || memcmp(p, "．", 3) == 0);
        b->comma |= n == 3 && (memcmp(p, "、", 3) == 0 || memcmp(p, "，", 3) == 0);
    }
}

/* What each node stands in. */
typedef struct context {
    uint32_t block;
    bool link, heading, pre;
} context;

static context enter(const context *around, const kiji_page_node *node, uint32_t index)
{
    context c = *around;
    c.block = (node->kind & (KIJI_PAGE_BLOCK | KIJI_PAGE_BREAK)) != 0 ? index : c.block;
    c.link |= (node->kind & KIJI_PAGE_LINK) != 0;
    c.heading |= (node->kind & KIJI_PAGE_HEADING) != 0;
    c.pre |= (node->kind & KIJI_PAGE_PRE) != 0;
    return c;
}

static size_t room_for(const kiji_page_tree *tree, uint32_t from)
{
    size_t nbytes = 1;
    for (size_t i = from; i < tree->items[from].end; i++) {
        nbytes += tree->items[i].text.len + 1;
    }
    return nbytes;
}

void kiji_page_lines_build(kiji_page_lines *out, kiji_arena *arena, const kiji_page_tree *tree, uint32_t from,
                           const bool *leave_out)
{
    building b;
    memset(&b, 0, sizeof b);
    b.out = out;
    b.arena = arena;
    b.tree = tree;
    b.text = kiji_arena_alloc(arena, room_for(tree, from));
    *out = (kiji_page_lines){NULL, 0, 0};
    const uint32_t end = tree->items[from].end;
    context *contexts = kiji_arena_zero(arena, end - from, sizeof *contexts);
    for (uint32_t i = from; i < end;) {
        const kiji_page_node *node = &tree->items[i];
        static const context outside = {UINT32_MAX, false, false, false};
        const context *around = i != from ? &contexts[node->parent - from] : &outside;
        context *here = &contexts[i - from];
        *here = enter(around, node, i);
        if (node->name != NULL && ((node->kind & KIJI_PAGE_NEVER) != 0 || (leave_out != NULL && leave_out[i]))) {
            i = node->end;
            continue;
        }
        if ((node->kind & (KIJI_PAGE_BLOCK | KIJI_PAGE_BREAK)) != 0) {
            end_line(&b);
        } else if (node->name == NULL) {
            if (here->block != b.block) {
                end_line(&b);
                b.block = here->block;
            }
            b.line.heading = here->heading;
            put_text(&b, i, here->link, here->pre);
        }
        i++;
    }
    end_line(&b);
}
