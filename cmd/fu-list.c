/*
 * fu-list: prints the people for whom a condition over facts is true, in order
 * of id, as records, CSV or a table.  Reads the database, changes nothing.
 */
#include <string.h>
#include <unistd.h>

#include "flow/list.h"
#include "record/csv_write.h"
#include "record/grid.h"
#include "record/json.h"

static const char help[] =
"usage: fu-list [-nqtv] [--csv] [--facts LIST] [--for partner] [-c FILE]\n"
"               [-d DB] [-r FILE] [--at TIME] [CONDITION]\n"
"\n"
"Print everybody for whom CONDITION is true, an SQL expression over facts:\n"
"  fu-list 'score > 70 AND replies = 0'\n"
"  fu-list \"attr('Lead Source') = 'Webinar'\" | fu-cadence --cadence warm\n"
"\n"
"  --csv            CSV with a header row; cells that a spreadsheet would run\n"
"                   begin with an apostrophe\n"
"  -t, --table      a table for people\n"
"  --facts LIST     these columns: facts, fields of the record, attr('Own')\n"
"  --for partner    to be given away: nobody who has opted out of anything\n"
"  --at TIME        believe that it is TIME\n"
"  -d, --db FILE    the database (FU_DB, ./fu.db)\n"
"  -q, -v           say less, say more\n"
"  -c, --config FILE, -r, --rejects FILE, -n, --dry-run  as everywhere; they\n"
"                   change nothing here\n"
"  -h, --help       this text; -V, --version: which fu this is\n"
"\n"
"Ends with 1 when there is nobody.  fu-list(1) names the facts.\n";

enum { OPT_CSV = 256, OPT_FACTS, OPT_FOR };

static const struct option longopts[] = {
	FU_OPT_LONG,
	{ "csv", no_argument, NULL, OPT_CSV },
	{ "facts", required_argument, NULL, OPT_FACTS },
	{ "for", required_argument, NULL, OPT_FOR },
	{ NULL, 0, NULL, 0 }
};

/* What a table shows unless --facts says otherwise. */
#define TABLE_FACTS	"prospect,score,band,email,first_name,title,company"
#define TEXT_MAX	36	/* characters of a cell: a long address */

struct printer {
	struct fu_session	*session;
	const struct fu_column	*column;
	size_t			 ncolumn, n;
	struct fu_grid		 grid;
	struct fu_grid_column	*head;		/* NULL: no row yet */
	bool			 own_id;	/* a column that nobody named */
	struct fu_buf		 out;
	void			(*write)(struct printer *,
				    const struct fu_listed *);
};

static void
write_record(struct printer *p, const struct fu_listed *row)
{
	struct fu_jw	 jw;

	fu_jw_init(&jw, &p->out);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "prospect");
	fu_jw_int(&jw, "prospect", row->prospect);
	if (row->email != NULL)
		fu_jw_str(&jw, "email", row->email);
	for (size_t i = 0; i < p->ncolumn; i++) {
		const char		*name = p->column[i].name;
		const struct fu_value	*v = &row->value[i];

		if (strcmp(name, "prospect") == 0 ||
		    strcmp(name, "type") == 0 || strcmp(name, "email") == 0)
			continue;
		if (v->type == FU_V_INT)
			fu_jw_int(&jw, name, v->i);
		else if (v->type == FU_V_REAL)
			fu_jw_real(&jw, name, v->r);
		else
			fu_jw_str(&jw, name, v->type == FU_V_TEXT ? v->s :
			    NULL);
	}
	fu_jw_object_end(&jw);
	fu_buf_putc(&p->out, '\n');
}

static void
write_csv(struct printer *p, const struct fu_listed *row)
{
	for (size_t i = 0; i < p->ncolumn; i++) {
		const struct fu_value	*v = &row->value[i];

		if (i > 0)
			fu_buf_putc(&p->out, ',');
		if (v->type == FU_V_INT)
			fu_csv_int(&p->out, v->i);
		else if (v->type == FU_V_REAL)
			fu_csv_real(&p->out, v->r);
		else if (v->type == FU_V_TEXT)
			fu_csv_text(&p->out, v->s);
	}
	fu_buf_putc(&p->out, '\n');
}

/* Whom a row is about stands first, whatever was asked for. */
static void
table_columns(struct printer *p)
{
	p->head = fu_alloc_array(&p->session->arena, p->ncolumn + 1,
	    sizeof(*p->head));
	p->own_id = true;
	for (size_t i = 0; i < p->ncolumn; i++) {
		p->head[i + 1].name = p->column[i].name;
		p->head[i + 1].max = TEXT_MAX;
		if (strcmp(p->column[i].name, "prospect") == 0)
			p->own_id = false;
	}
	p->head[0].name = "prospect";
	fu_grid_init(&p->grid, p->own_id ? p->head : p->head + 1,
	    p->ncolumn + p->own_id);
}

static void
write_table(struct printer *p, const struct fu_listed *row)
{
	struct fu_buf	 cell;

	if (p->head == NULL)
		table_columns(p);
	if (p->own_id)
		fu_grid_int(&p->grid, row->prospect);
	fu_buf_init(&cell);
	for (size_t i = 0; i < p->ncolumn; i++) {
		const struct fu_value	*v = &row->value[i];

		fu_buf_reset(&cell);
		if (v->type == FU_V_INT)
			fu_grid_int(&p->grid, v->i);
		else if (v->type == FU_V_REAL) {
			fu_csv_real(&cell, v->r);
			fu_grid_number(&p->grid, cell.ptr);
		} else
			fu_grid_text(&p->grid, v->type == FU_V_TEXT ? v->s :
			    NULL);
	}
	fu_buf_free(&cell);
	fu_grid_row(&p->grid, &p->out);
}

static int
emit(void *ctx, const struct fu_listed *row, struct fu_err *err)
{
	struct printer	*p = ctx;

	p->write(p, row);
	p->n++;
	if (p->out.len < 64 * 1024)
		return (0);
	return (fu_sink_write(&p->session->sink, &p->out, err));
}

static void
write_header(struct printer *p)
{
	for (size_t i = 0; i < p->ncolumn; i++) {
		if (i > 0)
			fu_buf_putc(&p->out, ',');
		fu_csv_text(&p->out, p->column[i].name);
	}
	fu_buf_putc(&p->out, '\n');
}

int
main(int argc, char **argv)
{
	struct fu_opt		 opt;
	struct fu_err		 err;
	struct fu_session	 session;
	struct fu_listing	*listing = NULL;
	struct printer		 p = { .session = &session,
		.write = write_record };
	const char		*facts = NULL;
	bool			 csv = false, partner = false;
	int			 c, rc;

	if (fu_opt_init(&opt, "fu-list", &err) == -1)
		return (fu_opt_usage(&opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, FU_OPT_SHORT, longopts, NULL)) !=
	    -1) {
		if (c == '?')
			return (fu_opt_usage(&opt, NULL));
		if ((rc = fu_opt_take(&opt, c, optarg, help, &err)) == 2)
			return (0);
		if (rc == -1)
			return (fu_opt_usage(&opt, "%s", err.msg));
		csv = csv || c == OPT_CSV;
		facts = c == OPT_FACTS ? optarg : facts;
		if (c == OPT_FOR && strcmp(optarg, "partner") != 0)
			return (fu_opt_usage(&opt, "--for partner is all that "
			    "there is"));
		partner = partner || c == OPT_FOR;
	}
	if (argc - optind > 1)
		return (fu_opt_usage(&opt, "one condition, in quotes"));
	if (csv && opt.table)
		return (fu_opt_usage(&opt, "one of --csv and -t"));
	if (csv || opt.table)
		p.write = csv ? write_csv : write_table;
	if (opt.table && facts == NULL)
		facts = TABLE_FACTS;

	rc = fu_session_open(&session, &opt, partner ? FU_S_READ |
	    FU_S_CONFIG | FU_S_KEYS : FU_S_READ, &err);
	if (rc == 0 && (listing = fu_listing_open(&session, argv[optind],
	    facts, &err)) == NULL)
		rc = -1;
	if (rc == 0) {
		if (partner)
			fu_listing_for_others(listing);
		p.column = fu_listing_columns(listing, &p.ncolumn);
		if (csv)
			write_header(&p);
		rc = fu_listing_run(listing, emit, &p, &err);
	}
	if (rc == 0 && p.head != NULL)
		fu_grid_end(&p.grid, &p.out);
	if (rc == 0)
		rc = fu_sink_write(&session.sink, &p.out, &err);
	if (rc == 0 && p.n == 0)
		rc = FU_NOTFOUND;
	session.sink.written = p.n;
	fu_listing_close(listing);
	fu_grid_free(&p.grid);
	fu_buf_free(&p.out);
	return (fu_session_close(&session, rc, &err));
}
