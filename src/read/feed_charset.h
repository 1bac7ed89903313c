/*
 * feed_charset.h - what expat does not know of the encodings of Japanese feeds: Shift_JIS and EUC-JP as a table, made
 * by ICU's converters.
 */
#ifndef KIJI_READ_FEED_CHARSET_H
#define KIJI_READ_FEED_CHARSET_H

#include "read/libexpat.h"

/*
 * An XML_UnknownEncodingHandler; `context` is a bool that becomes true where there is no memory. Characters of three
 * bytes (EUC-JP) and pairs that are none become U+FFFD. XML_STATUS_ERROR then, and where the encoding is another one.
 */
int XMLCALL kiji_feed_charset(void *context, const XML_Char *name, XML_Encoding *out);

#endif
