/*
 * The files that are served, read once: the widget, our pages' style, and a
 * sample site where one is named.
 *
 * Must never open a file because a request names it.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "flow/init.h"
#include "web/room.h"

#define SITE_MAX	200
/* Stands in fu.js where what this installation is called goes. */
#define CONFIG_MARK	"/*CONFIG*/"

static const char *
type_of(const char *name)
{
	static const char *const types[][2] = {
		{ ".js", "text/javascript; charset=utf-8" },
		{ ".css", "text/css; charset=utf-8" },
		{ ".html", "text/html; charset=utf-8" },
		{ ".svg", "image/svg+xml" },
		{ ".png", "image/png" },
		{ ".txt", "text/plain; charset=utf-8" },
		{ ".pdf", "application/pdf" },
	};
	const char	*dot = strrchr(name, '.');

	for (size_t i = 0; dot != NULL && i < sizeof(types) / sizeof(*types);
	    i++)
		if (strcmp(dot, types[i][0]) == 0)
			return (types[i][1]);
	return ("application/octet-stream");
}

static int
add(struct fu_web *web, size_t *cap, const char *path, const char *file,
    bool site, struct fu_err *err)
{
	struct fu_web_asset	*a;

	web->asset = fu_grow(&web->arena, web->asset, web->nasset, cap,
	    sizeof(*web->asset));
	a = &web->asset[web->nasset];
	a->path = path;
	a->type = type_of(file);
	a->site = site;
	if (fu_file_read(file, &web->arena, &a->text, err) == -1)
		return (-1);
	web->nasset++;
	return (0);
}

/* What the widget is to know of us, into its text. */
static int
configure(struct fu_web *web, struct fu_web_asset *a, struct fu_err *err)
{
	const struct fu_config	*c = &web->session->config;
	const char		*mark = memmem(a->text.ptr, a->text.len,
	    CONFIG_MARK, strlen(CONFIG_MARK));
	struct fu_buf		 buf;
	struct fu_jw		 jw;

	if (mark == NULL)
		return (fu_err_set(err, FU_ECONFIG, "%s: it has no " CONFIG_MARK,
		    a->path));
	fu_buf_init(&buf);
	fu_buf_put(&buf, a->text.ptr, (size_t)(mark - a->text.ptr));
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "name", c->chat.name != NULL ? c->chat.name :
	    c->company.name);
	fu_jw_str(&jw, "company", c->company.name);
	fu_jw_str(&jw, "says", c->chat.disclosure);
	fu_jw_str(&jw, "privacy", c->company.privacy_notice);
	fu_jw_object_end(&jw);
	mark += strlen(CONFIG_MARK);
	/* A default stands behind the mark, for who reads the file alone. */
	if (strncmp(mark, "{}", 2) == 0)
		mark += 2;
	fu_buf_put(&buf, mark, a->text.len - (size_t)(mark - a->text.ptr));
	a->text = (struct fu_str){ fu_dup_buf(&web->arena, &buf), buf.len };
	fu_buf_free(&buf);
	return (0);
}

static int
load_site(struct fu_web *web, size_t *cap, struct fu_err *err)
{
	struct fu_list	 names;
	struct stat	 st;
	const char	*file;

	if (fu_dir_names(&web->arena, web->opt->site, "", &names, err) == -1)
		return (-1);
	if (names.n > SITE_MAX)
		return (fu_err_set(err, FU_EUSAGE, "%s: more than %d files: "
		    "a site belongs behind a web server", web->opt->site,
		    SITE_MAX));
	for (size_t i = 0; i < names.n; i++) {
		file = fu_printf(&web->arena, "%s/%s", web->opt->site,
		    names.item[i]);
		if (stat(file, &st) == -1 || !S_ISREG(st.st_mode))
			continue;
		if (add(web, cap, fu_printf(&web->arena, "/%s",
		    strcmp(names.item[i], "index.html") == 0 ? "" :
		    names.item[i]), file, true, err) == -1)
			return (-1);
	}
	return (0);
}

int
fu_assets_load(struct fu_web *web, struct fu_err *err)
{
	static const char *const	 own[] = { "/fu.js", "/page.css",
		"/rep.js" };
	const char			*dir = fu_templates_find(&web->arena,
	    err);
	size_t				 cap = 0;

	if (dir == NULL)
		return (-1);
	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (add(web, &cap, own[i], fu_printf(&web->arena, "%s/web%s",
		    dir, own[i]), false, err) == -1)
			return (-1);
	if (configure(web, &web->asset[0], err) == -1)
		return (-1);
	return (web->opt->site == NULL ? 0 : load_site(web, &cap, err));
}

const struct fu_web_asset *
fu_asset_find(const struct fu_web *web, const char *path)
{
	for (size_t i = 0; i < web->nasset; i++)
		if (strcmp(web->asset[i].path, path) == 0)
			return (&web->asset[i]);
	return (NULL);
}
