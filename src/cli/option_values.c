#include "cli/option_values.h"

#include <stdint.h>
#include <string.h>

#include "base/status.h"

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

bool kiji_value_is_date(const char *value)
{
    static const char shape[] = "dddd-dd-dd";
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (strlen(value) != sizeof shape - 1) {
        return false;
    }
    for (size_t i = 0; shape[i] != '\0'; i++) {
        if (shape[i] == 'd' ? !is_digit(value[i]) : value[i] != '-') {
            return false;
        }
    }
    const int year = (value[0] - '0') * 1000 + (value[1] - '0') * 100 + (value[2] - '0') * 10 + value[3] - '0';
    const int month = (value[5] - '0') * 10 + value[6] - '0';
    const int day = (value[8] - '0') * 10 + value[9] - '0';
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] + (month == 2 && leap);
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
