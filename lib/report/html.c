/*
 * Head and foot of a page, and its style.
 *
 * Must never name anything that a browser would fetch.
 */
#include "report/html.h"

static const char style[] =
":root{color-scheme:light dark;--page:#fff;--text:#1c2127;--soft:#59636e;"
"--line:#d5dae0;--bar:#2b6cb0;--band:#b7791f;--card:#f6f8fa}\n"
"@media(prefers-color-scheme:dark){:root{--page:#12161b;--text:#e4e8ec;"
"--soft:#9aa5b1;--line:#333b45;--bar:#63a4e8;--band:#d9a441;--card:#1a2027}}\n"
"@media print{:root{color-scheme:light;--page:#fff;--text:#000;--soft:#444;"
"--line:#bbb;--bar:#2b6cb0;--band:#b7791f;--card:#fff}"
"body{max-width:none!important;padding:0!important;font-size:12px!important}"
"figure,tr,dl,li{break-inside:avoid}h2,caption,thead{break-after:avoid}"
".wide{overflow:visible!important}svg{min-width:0!important}}\n"
"*{box-sizing:border-box}\n"
"body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:60rem;"
"background:var(--page);color:var(--text);"
"font:16px/1.5 system-ui,-apple-system,\"Segoe UI\",sans-serif;"
"-webkit-print-color-adjust:exact;print-color-adjust:exact}\n"
"h1{font-size:1.7rem;line-height:1.2;margin:0 0 .3rem}\n"
"h2{font-size:1.2rem;margin:2.6rem 0 .4rem;padding-top:.8rem;"
"border-top:1px solid var(--line)}\n"
"p,dl,figure{margin:.5rem 0}.soft,caption,dt,figcaption{color:var(--soft)}\n"
".key{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.6rem,1fr));"
"gap:.7rem;margin:1.2rem 0;padding:0;list-style:none}\n"
".key li{background:var(--card);border:1px solid var(--line);"
"border-radius:.5rem;padding:.6rem .8rem}\n"
".key b{display:block;font-size:1.5rem;line-height:1.3;font-weight:600}\n"
".key span{display:block;font-size:.85rem;color:var(--soft)}\n"
".wide{overflow-x:auto}\n"
"svg{display:block;width:100%;min-width:36rem;height:auto;"
"font:13px system-ui,-apple-system,\"Segoe UI\",sans-serif}\n"
"svg text{fill:var(--text)}svg .soft{fill:var(--soft)}"
"svg .bar{fill:var(--bar)}svg .few{fill:var(--bar);fill-opacity:.45}"
"svg .band{fill:var(--band);fill-opacity:.75}"
"svg .line{stroke:var(--line);stroke-width:1}"
"svg .whisker{stroke:var(--text);stroke-width:1.5;fill:none}\n"
"table{border-collapse:collapse;width:100%;font-size:.88rem;"
"font-variant-numeric:tabular-nums;margin:.6rem 0}\n"
"caption{text-align:left;padding:.2rem 0}\n"
"th,td{padding:.22rem .6rem .22rem 0;text-align:right;"
"border-bottom:1px solid var(--line);white-space:nowrap}\n"
"th:first-child,td:first-child{text-align:left;white-space:normal;"
"overflow-wrap:anywhere}\n"
"th{font-weight:600}tbody th{font-weight:400}tr.grey{color:var(--soft)}\n"
".def{font-size:.85rem;display:grid;grid-template-columns:max-content 1fr;"
"gap:0 .8rem}.def dd{margin:0}\n"
".cal{table-layout:fixed;min-width:44rem}.cal th,.cal td{text-align:left;"
"border:1px solid var(--line);padding:.3rem .4rem;vertical-align:top;"
"white-space:normal}.cal td{height:4.6rem}"
".cal b{display:block}.cal span{display:block;font-size:.8rem;"
"line-height:1.35;overflow-wrap:anywhere}.cal .off{background:var(--card)}\n";

void
fu_html_begin(struct fu_buf *out, const char *title)
{
	fu_buf_puts(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\""
	    "default-src 'none'; style-src 'unsafe-inline'\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n"
	    "<title>");
	fu_buf_html(out, title);
	fu_buf_puts(out, "</title>\n<style>\n");
	fu_buf_puts(out, style);
	fu_buf_puts(out, "</style>\n</head>\n<body>\n<main>\n<h1>");
	fu_buf_html(out, title);
	fu_buf_puts(out, "</h1>\n");
}

void
fu_html_end(struct fu_buf *out)
{
	fu_buf_puts(out, "</main>\n</body>\n</html>\n");
}
