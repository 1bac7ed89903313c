#include "read/feed_charset.h"

#include <string.h>

#include <unicode/ucnv.h>

#include "base/mem.h"
#include "read/charset.h"

#define LOST 0xFFFD

/* Characters by their two bytes; 0: none. */
typedef struct pairs {
    uint16_t items[256][256];
} pairs;

/* The character that `n` bytes are, if they are one of the basic plane; 0: they are not. */
static uint16_t character(UConverter *converter, const char *bytes, int32_t n)
{
    UChar out[4] = {0};
    UErrorCode status = U_ZERO_ERROR;
    const int32_t length = ucnv_toUChars(converter, out, 4, bytes, n, &status);
    return U_SUCCESS(status) && length == 1 && out[0] != LOST ? (uint16_t)out[0] : 0;
}

static bool is_lead(kiji_charset charset, unsigned byte)
{
    return charset == KIJI_SHIFT_JIS ? (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC)
                                     : byte == 0x8E || (byte >= 0xA1 && byte <= 0xFE);
}

static void fill(XML_Encoding *out, pairs *table, kiji_charset charset, UConverter *converter)
{
    for (unsigned byte = 0; byte < 256; byte++) {
        const char first = (char)byte;
        if (byte < 0x80) {
            out->map[byte] = (int)byte;
        } else if (byte == 0x8F && charset == KIJI_EUC_JP) {
            out->map[byte] = -3;
        } else if (!is_lead(charset, byte)) {
            const uint16_t single = character(converter, &first, 1);
            out->map[byte] = single != 0 ? single : LOST;
        } else {
            out->map[byte] = -2;
            for (unsigned second = 0x40; second < 0xFF; second++) {
                const char both[2] = {first, (char)second};
                table->items[byte][second] = character(converter, both, 2);
            }
        }
    }
}

static int XMLCALL convert(void *data, const char *bytes)
{
    const pairs *table = data;
    const uint16_t found = table->items[(unsigned char)bytes[0]][(unsigned char)bytes[1]];
    return found != 0 ? found : LOST;
}

int XMLCALL kiji_feed_charset(void *context, const XML_Char *name, XML_Encoding *out)
{
    const kiji_charset charset = kiji_charset_named(name);
    if (charset != KIJI_SHIFT_JIS && charset != KIJI_EUC_JP) {
        return XML_STATUS_ERROR;
    }
    UErrorCode status = U_ZERO_ERROR;
    pairs *table = kiji_alloc_zero(1, sizeof *table);
    UConverter *converter = table != NULL ? ucnv_open(kiji_charset_icu_name(charset), &status) : NULL;
    if (converter == NULL || U_FAILURE(status)) {
        kiji_free(table);
        *(bool *)context = true;
        return XML_STATUS_ERROR;
    }
    fill(out, table, charset, converter);
    ucnv_close(converter);
    out->data = table;
    out->convert = convert;
    out->release = kiji_free;
    return XML_STATUS_OK;
}
