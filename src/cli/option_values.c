#include "cli/option_values.h"

#include <stdint.h>
#include <string.h>

#include "base/status.h"
#include "read/date.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits from *at on; false where there are none or too many. */
static bool digits(const char **at, size_t *out)
{
    const char *start = *at;
    size_t number = 0;
    while (is_digit(**at)) {
        const size_t digit = (size_t)(**at - '0');
        if (number > (SIZE_MAX / 2 - digit) / 10) {
            return false;
        }
        number = number * 10 + digit;
        (*at)++;
    }
    *out = number;
    return *at != start;
}

kiji_status kiji_value_number(size_t *out, const char *value, kiji_error *err)
{
    const char *at = value;
    if (!digits(&at, out) || *at != '\0') {
        return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "'%s' is not a number", value);
    }
    return KIJI_OK;
}

kiji_status kiji_value_size(size_t *out, const char *value, kiji_error *err)
{
    static const char units[] = "KMG";
    const char *at = value;
    bool good = digits(&at, out) && *out != 0;
    const char *unit = *at != '\0' ? strchr(units, *at) : NULL;
    if (good && unit != NULL) {
        const unsigned shift = 10 * (unsigned)(unit - units + 1);
        good = *out <= SIZE_MAX / 2 >> shift;
        *out = good ? *out << shift : 0;
        at++;
    }
    if (!good || *at != '\0') {
        return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "'%s' is not a size such as 64M", value);
    }
    return KIJI_OK;
}

kiji_status kiji_value_seconds(size_t *out, const char *value, kiji_error *err)
{
    const char *at = value;
    size_t seconds = 0;
    size_t thousandths = 0;
    bool good = digits(&at, &seconds) && seconds <= SIZE_MAX / 4000;
    if (good && *at == '.') {
        at++;
        size_t n = 0;
        for (; n < 3 && is_digit(*at); n++) {
            thousandths = thousandths * 10 + (size_t)(*at++ - '0');
        }
        good = n != 0;
        for (; n < 3; n++) {
            thousandths *= 10;
        }
    }
    *out = good ? seconds * 1000 + thousandths : 0;
    if (*out == 0 || *at != '\0') {
        return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "'%s' is no time in seconds such as 10 or 0.5", value);
    }
    return KIJI_OK;
}

bool kiji_value_is_date(const char *value)
{
    return kiji_date_valid(value); /* the years of newspapers: what the record takes */
}

static kiji_status add_word(unsigned *bits, kiji_str name, kiji_value_word *word, kiji_error *err)
{
    unsigned bit = 0;
    for (size_t i = 0; word(i, &bit) != NULL; i++) {
        const char *candidate = word(i, &bit);
        if (strlen(candidate) == name.len && memcmp(candidate, name.ptr, name.len) == 0) {
            *bits |= bit;
            return KIJI_OK;
        }
    }
    return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "'%.*s' is not known", (int)name.len, name.ptr);
}

kiji_status kiji_value_words(unsigned *bits, const char *value, kiji_value_word *word, kiji_error *err)
{
    kiji_status status = KIJI_OK;
    const char *at = value;
    do {
        const size_t length = strcspn(at, ",");
        status = add_word(bits, (kiji_str){at, length}, word, err);
        at += length;
    } while (status == KIJI_OK && *at++ == ',');
    return status;
}
