/*
 * ended.h - libraries that end the program by themselves: libarchive and MeCab call exit where memory runs out at the
 * wrong place. That is said then, and the status is the one of a run that cannot be relied on.
 */
#ifndef KIJI_CLI_ENDED_H
#define KIJI_CLI_ENDED_H

/* From now on an exit is somebody else's: "kiji: …" on standard error, status 2. Files that were begun stay begun. */
void kiji_ended_watch(void);

/* The exit that comes now is ours. */
void kiji_ended_rightly(void);

#endif
