/*
 * The buffer that grows.
 *
 * Must never return a failure: what cannot grow ends the process.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"

#define CAP_MIN	64

/* Room for ${more} bytes and the NUL. */
static void
reserve(struct fu_buf *buf, size_t more)
{
	char	*ptr;
	size_t	 cap, need;

	if (more >= SIZE_MAX / 2 - buf->len)
		fu_oom();
	need = buf->len + more + 1;
	if (need <= buf->cap)
		return;
	cap = buf->cap < CAP_MIN ? CAP_MIN : buf->cap * 2;
	if (cap < need)
		cap = need;
	if ((ptr = realloc(buf->ptr, cap)) == NULL)
		fu_oom();
	buf->ptr = ptr;
	buf->cap = cap;
}

void
fu_buf_init(struct fu_buf *buf)
{
	*buf = (struct fu_buf){ NULL, 0, 0 };
}

void
fu_buf_free(struct fu_buf *buf)
{
	free(buf->ptr);
	fu_buf_init(buf);
}

void
fu_buf_reset(struct fu_buf *buf)
{
	buf->len = 0;
	if (buf->ptr != NULL)
		buf->ptr[0] = '\0';
}

void
fu_buf_cut(struct fu_buf *buf, size_t len)
{
	if (len >= buf->len)
		return;
	buf->len = len;
	buf->ptr[len] = '\0';
}

void
fu_buf_put(struct fu_buf *buf, const void *data, size_t len)
{
	reserve(buf, len);
	if (len > 0)
		memcpy(buf->ptr + buf->len, data, len);
	buf->len += len;
	buf->ptr[buf->len] = '\0';
}

void
fu_buf_puts(struct fu_buf *buf, const char *s)
{
	fu_buf_put(buf, s, strlen(s));
}

void
fu_buf_html(struct fu_buf *buf, const char *text)
{
	const char *from = text, *entity;

	for (; text != NULL && *text != '\0'; text++) {
		entity = *text == '&' ? "&amp;" : *text == '<' ? "&lt;" :
		    *text == '>' ? "&gt;" : *text == '"' ? "&quot;" :
		    *text == '\'' ? "&#39;" : NULL;
		if (entity == NULL)
			continue;
		fu_buf_put(buf, from, (size_t)(text - from));
		fu_buf_puts(buf, entity);
		from = text + 1;
	}
	if (text != NULL)
		fu_buf_put(buf, from, (size_t)(text - from));
}

void
fu_buf_putc(struct fu_buf *buf, char c)
{
	if (buf->len + 1 >= buf->cap)
		reserve(buf, 1);
	buf->ptr[buf->len++] = c;
	buf->ptr[buf->len] = '\0';
}

void
fu_buf_str(struct fu_buf *buf, struct fu_str s)
{
	fu_buf_put(buf, s.ptr, s.len);
}

void
fu_buf_vprintf(struct fu_buf *buf, const char *fmt, va_list ap)
{
	va_list	again;
	int	n;

	va_copy(again, ap);
	reserve(buf, CAP_MIN);
	n = vsnprintf(buf->ptr + buf->len, buf->cap - buf->len, fmt, ap);
	if (n < 0)
		fu_oom();
	if ((size_t)n >= buf->cap - buf->len) {
		reserve(buf, (size_t)n);
		vsnprintf(buf->ptr + buf->len, buf->cap - buf->len, fmt,
		    again);
	}
	va_end(again);
	buf->len += (size_t)n;
}

void
fu_buf_printf(struct fu_buf *buf, const char *fmt, ...)
{
	va_list	ap;

	va_start(ap, fmt);
	fu_buf_vprintf(buf, fmt, ap);
	va_end(ap);
}

struct fu_str
fu_buf_view(const struct fu_buf *buf)
{
	return ((struct fu_str){ buf->ptr == NULL ? "" : buf->ptr, buf->len });
}
