/*
 * Rejects of ours that come back.
 *
 * A row of a table is put behind its header again and read as the small table
 * that both make.  Must never write to the store.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "flow/ingest_again.h"

void
fu_again_init(struct fu_again *a)
{
	memset(a, 0, sizeof(*a));
	fu_arena_init(&a->arena);
}

void
fu_again_free(struct fu_again *a)
{
	for (size_t i = 0; i < a->n; i++)
		fu_mapping_free(&a->map[i]->map);
	fu_arena_free(&a->arena);
}

int
fu_again_unpack(struct fu_arena *arena, struct fu_str text,
    struct fu_again_reject *reject)
{
	struct fu_rec	 rec;
	const char	*delimiter;

	memset(reject, 0, sizeof(*reject));
	if (memmem(text.ptr, text.len, "\"reject\"", 8) == NULL ||
	    fu_rec_parse(&rec, arena, text, NULL) == -1 ||
	    !fu_streq(fu_rec_type(&rec), "reject"))
		return (0);
	reject->input = fu_rec_text(&rec, "input");
	reject->header = fu_rec_text(&rec, "header");
	delimiter = fu_rec_text(&rec, "delimiter");
	reject->delimiter = delimiter != NULL && strlen(delimiter) == 1 ?
	    *delimiter : ',';
	if (fu_blank(reject->input))
		reject->input = NULL;
	if (fu_blank(reject->header))
		reject->header = NULL;
	return (1);
}

static int
put(int fd, const char *text)
{
	size_t	 len = strlen(text);
	ssize_t	 n;

	for (; len > 0; len -= (size_t)n, text += n)
		if ((n = write(fd, text, len)) <= 0)
			return (-1);
	return (0);
}

struct fu_csv *
fu_again_open(const struct fu_again_reject *reject, const char *name,
    int *fd, struct fu_text **text, struct fu_err *err)
{
	struct fu_csv_opt	 opt = { .delimiter = reject->delimiter };
	struct fu_csv		*csv;

	if ((*fd = memfd_create("reject", MFD_CLOEXEC)) == -1 ||
	    put(*fd, reject->header) == -1 || put(*fd, "\n") == -1 ||
	    put(*fd, reject->input) == -1 || put(*fd, "\n") == -1 ||
	    lseek(*fd, 0, SEEK_SET) == -1) {
		fu_err_sys(err, FU_EIO, "%s: a reject", name);
		goto err1;
	}
	if ((*text = fu_text_open(*fd, name, err)) == NULL)
		goto err1;
	if ((csv = fu_csv_open(*text, &opt, err)) == NULL)
		goto err2;
	return (csv);
err2:
	fu_text_close(*text);
err1:
	if (*fd != -1)
		close(*fd);
	return (NULL);
}

struct fu_mapping *
fu_again_mapping(struct fu_again *a, struct fu_csv *csv,
    const struct fu_pair *over, size_t nover, struct fu_err *err)
{
	const char		*text = fu_csv_header_input(csv);
	const char *const	*header;
	struct fu_again_map	*m;
	size_t			 n;

	for (size_t i = a->n; i-- > 0; )
		if (strcmp(a->map[i]->header, text) == 0)
			return (&a->map[i]->map);
	if (a->n >= FU_AGAIN_HEADERS_MAX) {
		fu_err_set(err, FU_EDATA, "more than %d different headers",
		    FU_AGAIN_HEADERS_MAX);
		return (NULL);
	}
	m = fu_alloc(&a->arena, sizeof(*m));
	m->header = fu_dup(&a->arena, text);
	header = fu_csv_header(csv, &n);
	if (fu_mapping_make(&m->map, header, n, over, nover, err) == -1) {
		fu_mapping_free(&m->map);
		return (NULL);
	}
	a->map = fu_grow(&a->arena, a->map, a->n, &a->cap, sizeof(*a->map));
	a->map[a->n++] = m;
	return (&m->map);
}
