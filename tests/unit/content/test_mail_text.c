/*
 * What was written newly: quotations, signatures, footers, HTML, folding.
 */
#include <string.h>

#include "content/mail_html.h"
#include "content/mail_text.h"
#include "mail_lists.h"

static struct fu_arena arena;
static struct fu_mail_lists *lists;

static void
becomes(const char *text, const char *want)
{
	assert_string_equal(fu_mail_unquote(text, lists, &arena), want);
}

static void
a_quotation_is_cut(void **state)
{
	(void)state;
	becomes("Yes.\n\nOn Tue, 3 Mar 2026 at 14:20, Ann <a@x.example> wrote:\n"
	    "> No?\n", "Yes.");
	/* Over two lines, and folded without its mark. */
	becomes("Yes.\n\nAm Di., 3. M\xc3\xa4rz 2026 um 14:20 Uhr schrieb Ann Lee\n"
	    "<a@x.example>:\n\n> Nein?\n", "Yes.");
	/* Right below the words. */
	becomes("Yes.\nOn 3 Mar 2026, Ann Lee <\na@x.example> wrote:\n> No?\n",
	    "Yes.");
	/* Not marked at all. */
	becomes("Yes.\n\nOn Tue, 3 Mar 2026, Ann wrote:\n\nNo?\nAnn\n", "Yes.");
	becomes("Yes.\n\nFrom: Ann <a@x.example>\nSent: Tuesday\nTo: Bob\n"
	    "Subject: x\n\nNo?\n", "Yes.");
	becomes("Oui.\n\n   De : Ann\n   Envoy\xc3\xa9 le : mardi\n   Objet : x\n\n"
	    "Non ?\n", "Oui.");
	becomes("Ja.\n-----Urspr\xc3\xbcngliche Nachricht-----\nVon: Ann\n\nNein?\n",
	    "Ja.");
	becomes("Yes.\n\n---- On Tue, 3 Mar 2026 14:20, Ann <a@x.example> wrote "
	    "----\n\nNo?\n", "Yes.");
	/* In a language that no list has. */
	becomes("Igen.\n\n2026. m\xc3\xa1rc. 3. 14:20, Ann <a@x.example> xyzzy:\n"
	    "> Nem?\n", "Igen.");
}

static void
words_below_and_between_stay(void **state)
{
	(void)state;
	becomes("On 3 Mar 2026, Ann wrote:\n> No?\n\nYes.\n", "Yes.");
	becomes("Ann Lee wrote on 3 Mar 2026:\n> One?\n\nYes.\n\n> Two?\n\nNo.\n",
	    "Yes.\n\nNo.");
}

static void
a_persons_own_words_are_no_quotation(void **state)
{
	(void)state;
	becomes("From: what I hear, you are good.\nCall me.",
	    "From: what I hear, you are good.\nCall me.");
	becomes("My boss wrote:\nwe need it.", "My boss wrote:\nwe need it.");
	becomes("To: do\nDate: open", "To: do\nDate: open");
	becomes("We met at 14:20.\nOn 3 Mar 2026, Ann wrote:\n> x\n",
	    "We met at 14:20.");
}

static void
signatures_and_footers_are_cut(void **state)
{
	(void)state;
	becomes("Yes.\n\n-- \nAnn Lee\nVP Sales", "Yes.");
	becomes("Yes.\n\nSent from my iPhone", "Yes.");
	becomes("Yes.\n\nThis email and any attachments are confidential.\n"
	    "Unsubscribe: x", "Yes.");
	becomes("Yes.\n_____\nmailing list\nlist@x.example", "Yes.\n_____\n"
	    "mailing list\nlist@x.example");
	becomes("Yes.\n\n_______________________\nSome list\nhttps://x.example/l",
	    "Yes.");
	/* A name is theirs, and a whole text is never a footer. */
	becomes("Yes.\n\nAnn Lee\nVP Sales", "Yes.\n\nAnn Lee\nVP Sales");
	becomes("Unsubscribe from all of it", "Unsubscribe from all of it");
	becomes("Sent from my iPhone", "Sent from my iPhone");
}

static void
our_gateways_banner_is_cut(void **state)
{
	(void)state;
	becomes("CAUTION: This email originated from outside of us.\n\nYes.",
	    "Yes.");
	becomes("[EXTERNAL] It came from outside.\n\nYes.", "Yes.");
	becomes("Caution: external walls are wet.", "Caution: external walls "
	    "are wet.");
}

static void
html_is(const char *html, const char *want)
{
	assert_string_equal(fu_mail_unquote(fu_mail_html_text(html, lists,
	    &arena), lists, &arena), want);
}

static void
EM_20_html_alone(void **state)
{
	(void)state;
	html_is("<div dir=ltr>Stop</div><br><div class=\"gmail_quote\"><div "
	    "class=\"gmail_attr\">xyzzy:<br></div><blockquote>Unsubscribe "
	    "here</blockquote></div>", "Stop");
	html_is("<p>One</p><p>Two &amp; &eacute;&#8364;</p>",
	    "One\n\nTwo & \xc3\xa9\xe2\x82\xac");
	html_is("<div>a</div><div><br></div><div>b<br>c</div>", "a\n\nb\nc");
	html_is("<style>p{}</style><div style='display:none'>x</div>Yes",
	    "Yes");
	html_is("Yes<div id=appendonsend></div><hr><div id=divRplyFwdMsg>"
	    "<b>Von:</b> Ann</div><div>Nein?</div>", "Yes");
	html_is("Yes<div class=\"yahoo_quoted\">No?</div><div>And more</div>",
	    "Yes\n\nAnd more");
	html_is("a < b &nosuch; &#1; <unclosed", "a < b &nosuch; &#1;");
	html_is("", "");
}

static void
folded_lines_are_joined(void **state)
{
	(void)state;
	assert_string_equal(fu_mail_unflow("one \ntwo\n> three \n> four\n-- \nx",
	    false, &arena), "one two\n> three four\n-- \nx");
	assert_string_equal(fu_mail_unfold("This is a line that some mail "
	    "program folded since it was too\nlong for it, here.\n\nAnn", &arena),
	    "This is a line that some mail program folded since it was too long "
	    "for it, here.\n\nAnn");
	/* Lines that somebody wrote as such. */
	assert_string_equal(fu_mail_unfold("Hello,\nthis is a line of more than "
	    "sixty letters, and its end is here.\nBest\nAnn", &arena),
	    "Hello,\nthis is a line of more than sixty letters, and its end is "
	    "here.\nBest\nAnn");
}

static void
a_bounded_effort(void **state)
{
	struct fu_buf b;

	(void)state;
	fu_buf_init(&b);
	for (int i = 0; i < 20000; i++)
		fu_buf_puts(&b, "<blockquote><div>");
	fu_buf_puts(&b, "x");
	(void)fu_mail_html_text(b.ptr, lists, &arena);
	fu_buf_reset(&b);
	for (int i = 0; i < 30000; i++)
		fu_buf_puts(&b, "From: x\n");
	(void)fu_mail_unquote(b.ptr, lists, &arena);
	fu_buf_free(&b);
}

static int
start(void **state)
{
	(void)state;
	fu_arena_init(&arena);
	lists = shipped_lists(&arena);
	return (0);
}

static int
stop(void **state)
{
	(void)state;
	fu_mail_lists_free(lists);
	fu_arena_free(&arena);
	return (0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_quotation_is_cut),
		cmocka_unit_test(words_below_and_between_stay),
		cmocka_unit_test(a_persons_own_words_are_no_quotation),
		cmocka_unit_test(signatures_and_footers_are_cut),
		cmocka_unit_test(our_gateways_banner_is_cut),
		cmocka_unit_test(EM_20_html_alone),
		cmocka_unit_test(folded_lines_are_joined),
		cmocka_unit_test(a_bounded_effort),
	};

	return (cmocka_run_group_tests(tests, start, stop));
}
