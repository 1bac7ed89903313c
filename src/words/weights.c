#include "words/weights.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/image.h"
#include "base/mem.h"
#include "base/status.h"

struct kiji_weights {
    kiji_image image;
    char name[512]; /* for messages */
    uint64_t checksum;
    size_t n_tables;
    kiji_weights_table tables[KIJI_WEIGHTS_TABLES];
};

static const char *check_table(const kiji_weights *w, const kiji_weights_table *t)
{
    if (memchr(t->name, '\0', sizeof t->name) == NULL) {
        return "damaged: a table has no name";
    }
    /* The tagger loads 16 values at once: a last row is followed by as many readable bytes (kiji_weights_build). */
    if (t->offset > w->image.len || w->image.len - t->offset < 16 || t->nbytes > w->image.len - t->offset - 16 ||
        t->offset % 64 != 0 || (uint64_t)t->rows * t->columns > t->nbytes) {
        return "damaged: a table does not fit";
    }
    return t->scale >= 0.0F && t->scale < 1e6F ? NULL : "damaged: a scale is out of range";
}

static const char *check(kiji_weights *w)
{
    kiji_weights_header header;
    if (w->image.len < sizeof header) {
        return "too short for a weights file";
    }
    memcpy(&header, w->image.ptr, sizeof header);
    if (memcmp(header.magic, KIJI_WEIGHTS_MAGIC, sizeof KIJI_WEIGHTS_MAGIC) != 0) {
        return "not a weights file of kiji";
    }
    if (header.byte_order != 0x01020304u) {
        return "made for a machine of another byte order";
    }
    if (header.version != KIJI_WEIGHTS_VERSION) {
        return "made by another version of kiji: train it again (make model)";
    }
    if (header.nbytes != w->image.len) {
        return "damaged: its size is not what its header says";
    }
    if (header.n_tables > KIJI_WEIGHTS_TABLES || header.n_tables * sizeof w->tables[0] > w->image.len - sizeof header) {
        return "damaged: too many tables";
    }
    w->checksum = header.checksum;
    w->n_tables = header.n_tables;
    memcpy(w->tables, w->image.ptr + sizeof header, w->n_tables * sizeof w->tables[0]);
    for (size_t i = 0; i < w->n_tables; i++) {
        const char *fault = check_table(w, &w->tables[i]);
        if (fault != NULL) {
            return fault;
        }
    }
    return NULL;
}

kiji_status kiji_weights_check(const kiji_weights *weights, kiji_error *err)
{
    const size_t head = sizeof(kiji_weights_header);
    const kiji_str rest = {weights->image.ptr + head, weights->image.len - head};
    return weights->checksum == kiji_hash64(rest)
               ? KIJI_OK
               : kiji_fail(err, KIJI_EDICT, weights->name, KIJI_NO_OFFSET, "damaged: the checksum is wrong");
}

static kiji_status take(kiji_weights **out, kiji_image image, const char *name, kiji_error *err)
{
    kiji_weights *w = kiji_alloc_zero(1, sizeof *w);
    if (w == NULL) {
        kiji_image_close(&image);
        return kiji_fail_memory(err);
    }
    w->image = image;
    (void)snprintf(w->name, sizeof w->name, "%s", name);
    const char *fault = check(w);
    if (fault != NULL) {
        kiji_weights_close(w);
        return kiji_fail(err, KIJI_EDICT, name, KIJI_NO_OFFSET, "%s", fault);
    }
    *out = w;
    return KIJI_OK;
}

/* What was taken is given only if it is sound. */
static kiji_status checked(kiji_weights **out, kiji_status status, kiji_error *err)
{
    if (status == KIJI_OK && *out != NULL) {
        status = kiji_weights_check(*out, err);
        if (status != KIJI_OK) {
            kiji_weights_close(*out);
            *out = NULL;
        }
    }
    return status;
}

kiji_status kiji_weights_adopt(kiji_weights **out, void *image, size_t nbytes, const char *name, kiji_error *err)
{
    *out = NULL;
    return checked(out, take(out, (kiji_image){image, nbytes, false}, name, err), err);
}

kiji_status kiji_weights_map(kiji_weights **out, const char *path, kiji_error *err)
{
    kiji_image image;
    *out = NULL;
    const kiji_status status = kiji_image_open(&image, path, "weights", err);
    return status != KIJI_OK ? status : take(out, image, path, err);
}

kiji_status kiji_weights_open(kiji_weights **out, const char *path, kiji_error *err)
{
    return checked(out, kiji_weights_map(out, path, err), err);
}

void kiji_weights_settle(const kiji_weights *weights)
{
    kiji_image_settle(&weights->image, weights->image.len);
}

void kiji_weights_close(kiji_weights *weights)
{
    if (weights != NULL) {
        kiji_image_close(&weights->image);
        kiji_free(weights);
    }
}

const int8_t *kiji_weights_find(const kiji_weights *weights, const char *name, uint32_t columns,
                                const kiji_weights_table **table)
{
    for (size_t i = 0; i < weights->n_tables; i++) {
        if (strcmp(weights->tables[i].name, name) == 0 && weights->tables[i].columns >= columns) {
            *table = &weights->tables[i];
            return (const int8_t *)(weights->image.ptr + weights->tables[i].offset);
        }
    }
    return NULL;
}

uint64_t kiji_weights_checksum(const kiji_weights *weights)
{
    return weights->checksum;
}

kiji_status kiji_weights_build(void **image, size_t *nbytes, const kiji_weights_part *parts, size_t count)
{
    *image = NULL;
    if (count > KIJI_WEIGHTS_TABLES) {
        return KIJI_ELIMIT;
    }
    kiji_weights_table tables[KIJI_WEIGHTS_TABLES];
    memset(tables, 0, sizeof tables);
    size_t total = (sizeof(kiji_weights_header) + count * sizeof tables[0] + 63) / 64 * 64;
    for (size_t i = 0; i < count; i++) {
        const size_t n = (size_t)parts[i].rows * parts[i].columns;
        (void)strncpy(tables[i].name, parts[i].name, sizeof tables[i].name - 1);
        tables[i].offset = total;
        tables[i].nbytes = n;
        tables[i].rows = parts[i].rows;
        tables[i].columns = parts[i].columns;
        tables[i].scale = parts[i].scale;
        total += (n + 16 + 63) / 64 * 64; /* room behind the last row for a vector load of 16 */
    }
    char *block = kiji_alloc_zero(1, total);
    if (block == NULL) {
        return KIJI_ENOMEM;
    }
    memcpy(block + sizeof(kiji_weights_header), tables, count * sizeof tables[0]);
    for (size_t i = 0; i < count; i++) {
        memcpy(block + tables[i].offset, parts[i].values, tables[i].nbytes);
    }
    kiji_weights_header header = {KIJI_WEIGHTS_MAGIC, KIJI_WEIGHTS_VERSION, 0x01020304u, total, 0, (uint32_t)count, 0};
    header.checksum = kiji_hash64((kiji_str){block + sizeof header, total - sizeof header});
    memcpy(block, &header, sizeof header);
    *image = block;
    *nbytes = total;
    return KIJI_OK;
}
