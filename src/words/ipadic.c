#include "words/ipadic.h"

#include <string.h>

#include "base/status.h"

static bool is_utf8(const char *charset)
{
    return strcmp(charset, "UTF-8") == 0 || strcmp(charset, "utf-8") == 0 || strcmp(charset, "utf8") == 0 ||
           strcmp(charset, "UTF8") == 0;
}

/* The feature string of an entry, checked; NULL: it points outside the file. */
static const char *feature_of(const kiji_mecab_words *words, uint32_t entry)
{
    const uint32_t at = words->entries[entry].feature;
    return at < words->features_size ? words->features + at : NULL;
}

/* IPADIC tags は as 助詞,係助詞 with nine columns; UniDic has 17 and more, JUMAN other words. */
static bool is_topic_particle(const char *feature)
{
    static const char wanted[] = "助詞,係助詞,*,*";
    size_t commas = 0;
    for (const char *at = feature; *at != '\0'; at++) {
        commas += *at == ',';
    }
    return commas == 8 && strncmp(feature, wanted, sizeof wanted - 1) == 0;
}

kiji_status kiji_ipadic_check(const kiji_mecab_dict *dict, const char *dir, kiji_error *err)
{
    static const char particle[] = "は";
    if (!is_utf8(dict->known.charset)) {
        return kiji_fail(err, KIJI_EDICT, dir, KIJI_NO_OFFSET,
                         "a MeCab dictionary in %s; kiji needs IPADIC in UTF-8 (Debian: mecab-ipadic-utf8)",
                         dict->known.charset[0] != '\0' ? dict->known.charset : "an unknown charset");
    }
    const kiji_entry_run run = kiji_mecab_words_find(&dict->known, (kiji_str){particle, sizeof particle - 1});
    const char *found = "";
    for (uint32_t i = 0; i < run.count; i++) {
        found = feature_of(&dict->known, run.first + i);
        if (found == NULL) {
            return kiji_fail(err, KIJI_EDICT, dir, KIJI_NO_OFFSET, "a damaged MeCab dictionary");
        }
        if (is_topic_particle(found)) {
            return KIJI_OK;
        }
    }
    if (found[0] == '\0') {
        return kiji_fail(err, KIJI_EDICT, dir, KIJI_NO_OFFSET,
                         "a damaged MeCab dictionary, or a strange one: it does not know the word は");
    }
    return kiji_fail(err, KIJI_EDICT, dir, KIJI_NO_OFFSET,
                     "a MeCab dictionary of another tag set (は is \"%.100s\"); kiji needs IPADIC in UTF-8 (Debian: "
                     "mecab-ipadic-utf8)",
                     found);
}
