/*
 * Files of an operator's, read whole and bounded.  Never parses them beyond
 * finding where front matter ends.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "config/load.h"

const char *
fu_version_of(struct fu_arena *arena, struct fu_str text)
{
	uint8_t digest[32];
	char hex[2 * sizeof(digest) + 1];

	fu_sha256(text.ptr, text.len, digest);
	fu_hex(digest, sizeof(digest), hex);
	hex[FU_VERSION_LEN - 1] = '\0';
	return (fu_dup(arena, hex));
}

/* "\r\n" becomes "\n", in place; the new length. */
static size_t
drop_cr(char *p, size_t len)
{
	size_t i, n = 0;

	for (i = 0; i < len; i++)
		if (p[i] != '\r' || i + 1 == len || p[i + 1] != '\n')
			p[n++] = p[i];
	p[n] = '\0';
	return (n);
}

/* Fill ${buf} from ${fd} until its end; -1 with errno. */
static ssize_t
read_all(int fd, char *buf, size_t max)
{
	size_t len = 0;
	ssize_t n;

	while (len < max) {
		if ((n = read(fd, buf + len, max - len)) == -1) {
			if (errno == EINTR)
				continue;
			return (-1);
		}
		if (n == 0)
			break;
		len += (size_t)n;
	}
	return ((ssize_t)len);
}

int
fu_source_read(struct fu_arena *arena, const char *path, size_t max,
    struct fu_str *text, const char **version, struct fu_err *err)
{
	struct stat st;
	ssize_t n;
	char *buf;
	int fd, rv = -1;

	if ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) == -1)
		return (fu_err_sys(err, errno == ENOENT || errno == ENOTDIR ?
		    FU_ENOINPUT : FU_EIO, "%s", path));
	if (fstat(fd, &st) == -1) {
		fu_err_sys(err, FU_EIO, "%s", path);
		goto out;
	}
	if (!S_ISREG(st.st_mode)) {
		fu_err_set(err, FU_ECONFIG, "%s: no regular file", path);
		goto out;
	}
	if ((uint64_t)st.st_size > max) {
		fu_err_set(err, FU_ECONFIG, "%s: larger than %zu bytes", path,
		    max);
		goto out;
	}
	/* A file that grows meanwhile is read as long as it was. */
	buf = fu_alloc(arena, (size_t)st.st_size + 1);
	if ((n = read_all(fd, buf, (size_t)st.st_size)) == -1) {
		fu_err_sys(err, FU_EIO, "%s", path);
		goto out;
	}
	if (version != NULL)
		*version = fu_version_of(arena,
		    (struct fu_str){ buf, (size_t)n });
	*text = (struct fu_str){ buf, drop_cr(buf, (size_t)n) };
	rv = 0;
out:
	close(fd);
	return (rv);
}

struct fu_node *
fu_read_yaml(struct fu_read *rd, const char *path,
    const struct fu_where *named, const char **version)
{
	struct fu_load *load = rd->ctx;
	struct fu_str text;
	struct fu_err err;
	const char *hash;

	if (fu_source_read(rd->arena, path, FU_CONFIG_BYTES_MAX, &text, &hash,
	    &err) == -1) {
		if (named != NULL)
			fu_fault_add(rd->faults, named, false, "%s", err.msg);
		else
			fu_fault_of(rd->faults, path, &err);
		return (NULL);
	}
	if (version != NULL)
		*version = hash;
	fu_buf_printf(&load->versions, "%s\n", hash);
	return (fu_yaml_parse(rd->arena, fu_dup(rd->arena, path), text, 1,
	    rd->faults));
}

/* The length of the line at ${p}, its newline in. */
static size_t
line_length(const char *p, size_t left)
{
	const char *nl = memchr(p, '\n', left);

	return (nl == NULL ? left : (size_t)(nl - p) + 1);
}

static bool
is_fence(const char *p, size_t len)
{
	struct fu_str line = { p, len };

	return (fu_str_starts(line, "---") &&
	    fu_str_trim(line).len == 3);
}

bool
fu_front_matter(struct fu_str text, struct fu_str *yaml, struct fu_str *body,
    int *body_line)
{
	const char *p = text.ptr, *end = text.ptr + text.len;
	size_t len;

	if (text.len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		p += 3;
	*yaml = (struct fu_str){ p, 0 };
	*body = (struct fu_str){ p, (size_t)(end - p) };
	*body_line = 1;
	if (p == end || !is_fence(p, len = line_length(p, (size_t)(end - p))))
		return (true);
	p += len;
	yaml->ptr = p;
	for (*body_line = 2; p < end; p += len) {
		len = line_length(p, (size_t)(end - p));
		++*body_line;
		if (!is_fence(p, len))
			continue;
		yaml->len = (size_t)(p - yaml->ptr);
		body->ptr = p + len;
		body->len = (size_t)(end - body->ptr);
		return (true);
	}
	return (false);
}

static int
by_bytes(const void *a, const void *b)
{
	return (strcmp(*(const char *const *)a, *(const char *const *)b));
}

int
fu_dir_names(struct fu_arena *arena, const char *dir, const char *ext,
    struct fu_list *names, struct fu_err *err)
{
	struct dirent *e;
	size_t cap = 0, len, ext_len = strlen(ext);
	DIR *d;

	*names = (struct fu_list){ 0 };
	if ((d = opendir(dir)) == NULL)
		return (fu_err_sys(err, errno == ENOENT ? FU_ENOINPUT : FU_EIO,
		    "%s", dir));
	while ((e = readdir(d)) != NULL) {
		len = strlen(e->d_name);
		if (e->d_name[0] != '.' && len > ext_len &&
		    strcmp(e->d_name + len - ext_len, ext) == 0)
			fu_list_add(arena, names, &cap,
			    fu_dup(arena, e->d_name));
	}
	closedir(d);
	if (names->n > 0)
		qsort(names->item, names->n, sizeof(*names->item), by_bytes);
	return (0);
}
