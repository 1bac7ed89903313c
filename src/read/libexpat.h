/* libexpat.h - expat, the parser of XML, loaded late: what kiji uses of it. */
#ifndef KIJI_READ_LIBEXPAT_H
#define KIJI_READ_LIBEXPAT_H

#include <expat.h>

#include "base/late.h"

/* Each name once here and once below. */
#define KIJI_LIBEXPAT_CALLS(X)                                                                                         \
    X(XML_ErrorString)                                                                                                 \
    X(XML_GetBuffer)                                                                                                   \
    X(XML_GetCurrentByteIndex)                                                                                         \
    X(XML_GetErrorCode)                                                                                                \
    X(XML_ParseBuffer)                                                                                                 \
    X(XML_ParserCreate_MM)                                                                                             \
    X(XML_ParserFree)                                                                                                  \
    X(XML_ResumeParser)                                                                                                \
    X(XML_SetCharacterDataHandler)                                                                                     \
    X(XML_SetElementHandler)                                                                                           \
    X(XML_SetEntityDeclHandler)                                                                                        \
    X(XML_SetUnknownEncodingHandler)                                                                                   \
    X(XML_SetUserData)                                                                                                 \
    X(XML_StopParser)

#define KIJI_LIBEXPAT_MEMBER(name) __typeof__(&(name)) p_##name;

/* Once the library is loaded: the same for every thread, never changed again. */
typedef struct kiji_libexpat {
    KIJI_LIBEXPAT_CALLS(KIJI_LIBEXPAT_MEMBER)
} kiji_libexpat;

extern kiji_libexpat kiji_libexpat_calls;

/* Load it; see kiji_late_load. Errors: KIJI_EDICT. */
kiji_status kiji_libexpat_load(kiji_error *err);

#define XML_ErrorString               kiji_libexpat_calls.p_XML_ErrorString
#define XML_GetBuffer                 kiji_libexpat_calls.p_XML_GetBuffer
#define XML_GetCurrentByteIndex       kiji_libexpat_calls.p_XML_GetCurrentByteIndex
#define XML_GetErrorCode              kiji_libexpat_calls.p_XML_GetErrorCode
#define XML_ParseBuffer               kiji_libexpat_calls.p_XML_ParseBuffer
#define XML_ParserCreate_MM           kiji_libexpat_calls.p_XML_ParserCreate_MM
#define XML_ParserFree                kiji_libexpat_calls.p_XML_ParserFree
#define XML_ResumeParser              kiji_libexpat_calls.p_XML_ResumeParser
#define XML_SetCharacterDataHandler   kiji_libexpat_calls.p_XML_SetCharacterDataHandler
#define XML_SetElementHandler         kiji_libexpat_calls.p_XML_SetElementHandler
#define XML_SetEntityDeclHandler      kiji_libexpat_calls.p_XML_SetEntityDeclHandler
#define XML_SetUnknownEncodingHandler kiji_libexpat_calls.p_XML_SetUnknownEncodingHandler
#define XML_SetUserData               kiji_libexpat_calls.p_XML_SetUserData
#define XML_StopParser                kiji_libexpat_calls.p_XML_StopParser

#endif
