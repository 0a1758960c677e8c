/*
 * Messages to look at, before any of them leaves: as text, and as a page.
 *
 * Must never be asked for in a run that sends.
 */
#include <stdio.h>
#include <string.h>

#include "flow/send_room.h"

/* Who it is for, or why nobody gets it. */
static void
put_head(const struct fu_parcel *pc, struct fu_buf *out)
{
	const struct fu_delivery	*d = &pc->delivery;
	const char			*what = pc->is_touch ?
	    pc->row.t.message : pc->d.kind;

	if (pc->status != FU_SEND_SENT) {
		if (what != NULL)
			fu_buf_printf(out, "%s, prospect %lld: ", what,
			    (long long)pc->prospect);
		fu_buf_puts(out, fu_send_status_name(pc->status));
		if (pc->reason != NULL)
			fu_buf_printf(out, ", %s", pc->reason);
		if (pc->detail != NULL)
			fu_buf_printf(out, ": %s", pc->detail);
		fu_buf_putc(out, '\n');
		return;
	}
	fu_buf_printf(out, "%s by %s\n", what, d->kind);
	if (d->from != NULL)
		fu_buf_printf(out, "From: %s\n", d->from);
	if (d->to != NULL)
		fu_buf_printf(out, "To: %s\n", d->to);
	if (d->subject != NULL)
		fu_buf_printf(out, "Subject: %s\n", d->subject);
	if (pc->phrasing.told != NULL && pc->phrasing.reason == NULL)
		fu_buf_puts(out, "Its insight is in the words of a model\n");
	else if (pc->phrasing.told != NULL)
		fu_buf_printf(out,
		    "Its insight is in its own words: a "
		    "model's were not taken, %s%s%s\n",
		    pc->phrasing.reason,
		    pc->phrasing.detail != NULL ? ": " : "",
		    pc->phrasing.detail != NULL ? pc->phrasing.detail : "");
}

static void
put_page(const struct fu_parcel *pc, struct fu_buf *out)
{
	struct fu_buf	 head;

	fu_buf_init(&head);
	put_head(pc, &head);
	fu_buf_puts(out, "<pre>");
	fu_buf_html(out, fu_buf_view(&head).ptr);
	fu_buf_free(&head);
	if (pc->status == FU_SEND_SENT && pc->html == NULL &&
	    pc->delivery.text != NULL) {
		fu_buf_putc(out, '\n');
		fu_buf_html(out, pc->delivery.text);
	}
	fu_buf_puts(out, "</pre>\n");
	if (pc->status != FU_SEND_SENT || pc->html == NULL)
		return;
	/* As it is, and apart from the page around it. */
	fu_buf_puts(out, "<iframe sandbox title=\"message\" srcdoc=\"");
	fu_buf_html(out, pc->html);
	fu_buf_puts(out, "\"></iframe>\n");
}

void
fu_preview_put(const struct fu_parcel *pc, struct fu_buf *out)
{
	struct fu_preview	*view = pc->send->preview;

	put_head(pc, out);
	if (pc->status == FU_SEND_SENT && pc->delivery.text != NULL)
		fu_buf_printf(out, "\n%s\n", pc->delivery.text);
	fu_buf_puts(out, "----------------------------------------\n");
	if (view->html != NULL)
		put_page(pc, &view->page);
}

void
fu_send_preview(struct fu_send *s, const char *html)
{
	s->preview = fu_alloc(&s->arena, sizeof(*s->preview));
	s->preview->html = html;
	fu_buf_init(&s->preview->page);
	fu_buf_puts(&s->preview->page, "<!DOCTYPE html>\n<meta charset=\"utf-8\">"
	    "\n<title>Messages</title>\n<style>body { max-width: 48rem; margin: "
	    "2rem auto; font-family: sans-serif } pre { white-space: pre-wrap; "
	    "background: #eee; padding: .5rem } iframe { width: 100%; "
	    "height: 26rem; border: 1px solid #ccc }</style>\n");
}

int
fu_preview_end(struct fu_send *s, struct fu_err *err)
{
	struct fu_preview	*view = s->preview;
	FILE			*fp;
	int			 rc = 0;

	if (view == NULL)
		return (0);
	if (view->html != NULL) {
		if ((fp = fopen(view->html, "we")) == NULL)
			rc = fu_err_sys(err, FU_ECANTCREAT, "%s", view->html);
		else if (fwrite(view->page.ptr, 1, view->page.len, fp) !=
		    view->page.len || fflush(fp) == EOF)
			rc = fu_err_sys(err, FU_EIO, "%s", view->html);
		if (fp != NULL)
			(void)fclose(fp);
	}
	fu_buf_free(&view->page);
	return (rc);
}
