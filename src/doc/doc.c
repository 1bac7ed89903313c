#include "doc/doc.h"

const char *kiji_type_name(kiji_type type)
{
    static const char *const names[KIJI_TYPES] = {"person", "minister", "place", "organization", "weapon"};
    return (unsigned)type < KIJI_TYPES ? names[type] : "";
}

const char *kiji_office_status_name(kiji_office_status status)
{
    static const char *const names[] = {"current", "former", "acting", "next"};
    return (unsigned)status < sizeof names / sizeof names[0] ? names[status] : "";
}

const char *kiji_quote_kind_name(kiji_quote_kind kind)
{
    static const char *const names[] = {"direct", "partial", "indirect", "according"};
    return (unsigned)kind < sizeof names / sizeof names[0] ? names[kind] : "";
}

size_t kiji_doc_bytes_lost(const kiji_doc *doc)
{
    return doc->bytes_lost;
}
