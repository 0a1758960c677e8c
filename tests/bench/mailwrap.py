"""Texts as five mail programs send them in answer to a mail of ours.

	mailwrap.py TEXTS.NDJSON DIR

Writes DIR/NNNN.eml and DIR/expect.ndjson: what was written newly.  Programs,
languages, places of the quotation, formats and footers go round, so that each
text meets another mixture; the same input gives the same mails.
"""
import base64
import html
import json
import os
import quopri
import re
import sys
import textwrap

LANGS = ["en", "de", "fr", "es", "it", "pt", "nl", "sv"]
FORMS = ["both", "plain", "html"]
PLACES = ["top", "top", "top", "bottom", "between"]

NAME, ADDRESS = "Ada Lovelace", "ada@example.com"

OURS = {
	"en": ("Hello,\n\nyou asked how long a roll-out takes: most teams are done in "
	       "three weeks.\n\nShall we talk on Tuesday?\n\nAda Lovelace\n\nExample Ltd, "
	       "12 Mill Lane, Dublin 2, Ireland\nDon't want these emails? Unsubscribe: "
	       "https://fu.example.com/u/abc, or reply STOP."),
	"de": ("Guten Tag,\n\nSie hatten gefragt, wie lange die Einführung dauert: meist "
	       "drei Wochen.\n\nPasst Ihnen Dienstag?\n\nAda Lovelace\n\nExample Ltd\n"
	       "Keine Mails mehr? Abmelden: https://fu.example.com/u/abc oder mit STOP "
	       "antworten."),
	"fr": ("Bonjour,\n\nvous demandiez combien de temps dure le déploiement : trois "
	       "semaines en général.\n\nMardi vous convient ?\n\nAda Lovelace\n\nExample "
	       "Ltd\nPlus de courriels ? Se désabonner : https://fu.example.com/u/abc."),
	"es": ("Hola:\n\npreguntaba cuánto dura la implantación: casi siempre tres "
	       "semanas.\n\n¿Le viene bien el martes?\n\nAda Lovelace\n\nExample Ltd\n¿No "
	       "quiere estos correos? Darse de baja: https://fu.example.com/u/abc"),
	"it": ("Buongiorno,\n\nchiedeva quanto dura l'avvio: di solito tre settimane.\n\n"
	       "Va bene martedì?\n\nAda Lovelace\n\nExample Ltd\nPer disiscriversi: "
	       "https://fu.example.com/u/abc"),
	"pt": ("Olá,\n\nperguntou quanto tempo demora: normalmente três semanas.\n\nPode "
	       "ser na terça?\n\nAda Lovelace\n\nExample Ltd\nCancelar inscrição: "
	       "https://fu.example.com/u/abc"),
	"nl": ("Goedendag,\n\nu vroeg hoe lang de invoering duurt: meestal drie weken."
	       "\n\nSchikt dinsdag?\n\nAda Lovelace\n\nExample Ltd\nAfmelden: "
	       "https://fu.example.com/u/abc"),
	"sv": ("Hej,\n\ndu undrade hur lång tid det tar: oftast tre veckor.\n\nPassar "
	       "tisdag?\n\nAda Lovelace\n\nExample Ltd\nAvregistrera: "
	       "https://fu.example.com/u/abc"),
}
OURS_ASKS = ["Shall we", "Passt Ihnen", "Mardi vous", "¿Le viene", "Va bene",
    "Pode ser", "Schikt", "Passar"]

# Who leads into a quotation how.
GMAIL = {
	"en": "On Tue, Mar 3, 2026 at 2:20 PM {n} <{a}> wrote:",
	"de": "Am Di., 3. März 2026 um 14:20 Uhr schrieb {n} <{a}>:",
	"fr": "Le mar. 3 mars 2026 à 14:20, {n} <{a}> a écrit :",
	"es": "El mar, 3 mar 2026 a las 14:20, {n} (<{a}>) escribió:",
	"it": "Il giorno mar 3 mar 2026 alle ore 14:20 {n} <{a}> ha scritto:",
	"pt": "{n} <{a}> escreveu (terça, 3/03/2026 à(s) 14:20):",
	"nl": "Op di 3 mrt 2026 om 14:20 schreef {n} <{a}>:",
	"sv": "Den tis 3 mars 2026 kl 14:20 skrev {n} <{a}>:",
}
APPLE = {
	"en": "On 3 Mar 2026, at 14:20, {n} <{a}> wrote:",
	"de": "Am 03.03.2026 um 14:20 schrieb {n} <{a}>:",
	"fr": "Le 3 mars 2026 à 14:20, {n} <{a}> a écrit :",
	"es": "El 3 mar 2026, a las 14:20, {n} <{a}> escribió:",
	"it": "Il giorno 3 mar 2026, alle ore 14:20, {n} <{a}> ha scritto:",
	"pt": "No dia 03/03/2026, às 14:20, {n} <{a}> escreveu:",
	"nl": "Op 3 mrt 2026, om 14:20 heeft {n} <{a}> het volgende geschreven:",
	"sv": "3 mars 2026 kl. 14:20 skrev {n} <{a}>:",
}
THUNDERBIRD = {
	"en": "On 03/03/2026 14:20, {n} wrote:",
	"de": "Am 03.03.26 um 14:20 schrieb {n}:",
	"fr": "Le 03/03/2026 à 14:20, {n} a écrit :",
	"es": "El 3/3/26 a las 14:20, {n} escribió:",
	"it": "Il 03/03/2026 14:20, {n} ha scritto:",
	"pt": "Em 03/03/2026 14:20, {n} escreveu:",
	"nl": "Op 03-03-2026 om 14:20 schreef {n}:",
	"sv": "Den 2026-03-03 kl. 14:20, skrev {n}:",
}
YAHOO = {
	"en": "On Tuesday, March 3, 2026 at 02:20:11 PM GMT, {n} <{a}> wrote:",
	"de": "Am Dienstag, 3. März 2026 um 14:20:11 MEZ hat {n} <{a}> Folgendes geschrieben:",
	"fr": "Le mardi 3 mars 2026 à 14:20:11 UTC+1, {n} <{a}> a écrit :",
	"es": "En martes, 3 de marzo de 2026, 14:20:11 CET, {n} <{a}> escribió:",
	"it": "Il martedì 3 marzo 2026 alle ore 14:20:11 CET, {n} <{a}> ha scritto:",
	"pt": "Em terça-feira, 3 de março de 2026 14:20:11 WET, {n} <{a}> escreveu:",
	"nl": "Op dinsdag 3 maart 2026 om 14:20:11 CET schreef {n} <{a}>:",
	"sv": "Den tisdag 3 mars 2026 14:20:11 CET, {n} <{a}> skrev:",
}
OUTLOOK = {
	"en": ("From", "Sent", "Tuesday, March 3, 2026 2:20 PM", "To", "Subject"),
	"de": ("Von", "Gesendet", "Dienstag, 3. März 2026 14:20", "An", "Betreff"),
	"fr": ("De", "Envoyé", "mardi 3 mars 2026 14:20", "À", "Objet"),
	"es": ("De", "Enviado el", "martes, 3 de marzo de 2026 14:20", "Para", "Asunto"),
	"it": ("Da", "Inviato", "martedì 3 marzo 2026 14:20", "A", "Oggetto"),
	"pt": ("De", "Enviado", "3 de março de 2026 14:20", "Para", "Assunto"),
	"nl": ("Van", "Verzonden", "dinsdag 3 maart 2026 14:20", "Aan", "Onderwerp"),
	"sv": ("Från", "Skickat", "den 3 mars 2026 14:20", "Till", "Ämne"),
}
ORIGINAL = {
	"en": "-----Original Message-----", "de": "-----Ursprüngliche Nachricht-----",
	"fr": "-----Message d'origine-----", "es": "-----Mensaje original-----",
	"it": "-----Messaggio originale-----", "pt": "-----Mensagem original-----",
	"nl": "-----Oorspronkelijk bericht-----",
	"sv": "-----Ursprungligt meddelande-----",
}
PHONE = {
	"en": "Sent from my iPhone", "de": "Von meinem iPhone gesendet",
	"fr": "Envoyé de mon iPhone", "es": "Enviado desde mi iPhone",
	"it": "Inviato da iPhone", "pt": "Enviado do meu iPhone",
	"nl": "Verstuurd vanaf mijn iPhone", "sv": "Skickat från min iPhone",
}
# What a company's gateway or a list puts below.
FOOTERS = {
	"en": "This email and any attachments are confidential. If you are not the "
	      "intended recipient, delete it. To unsubscribe from our own newsletter, "
	      "visit our site.",
	"de": "Diese E-Mail enthält vertrauliche Informationen. Unseren Newsletter "
	      "können Sie jederzeit abbestellen.",
	"fr": "Ce message et ses pièces jointes sont confidentiels. Pour vous désabonner "
	      "de notre lettre, visitez notre site.",
	"es": "Este mensaje va dirigido exclusivamente a su destinatario. Puede darse de "
	      "baja de nuestro boletín en la web.",
	"it": "Questo messaggio è riservato al destinatario. Per disiscriversi dalla "
	      "nostra newsletter visitate il sito.",
	"pt": "Esta mensagem é confidencial. Para cancelar a inscrição na nossa "
	      "newsletter visite o site.",
	"nl": "Dit bericht is vertrouwelijk. U kunt zich op onze site afmelden voor de "
	      "nieuwsbrief.",
	"sv": "Detta meddelande är konfidentiellt. Avregistrera dig från vårt nyhetsbrev "
	      "på webbplatsen.",
}


def quoted(text, width=0):
	out = []
	for line in text.split("\n"):
		for part in textwrap.wrap(line, width) if width and line else [line]:
			out.append("> " + part if part else ">")
	return "\n".join(out)


def folded(text, width):
	return "\n".join("\n".join(textwrap.wrap(line, width,
	    break_long_words=False, break_on_hyphens=False)) if line else ""
	    for line in text.split("\n"))


def flowed(text, width):
	out = []
	for line in text.split("\n"):
		parts = textwrap.wrap(line, width, break_long_words=False,
		    break_on_hyphens=False) or [""]
		for i, part in enumerate(parts):
			if part[:1] in (" ", ">") or part.startswith("From "):
				part = " " + part
			out.append(part + (" " if i + 1 < len(parts) else ""))
	return "\n".join(out)


def esc(text):
	return html.escape(text, quote=False).replace("\n", "<br>")


def divs(text):
	return "".join("<div>%s</div>" % (html.escape(line, quote=False) or "<br>")
	    for line in text.split("\n"))


def halves(text):
	"""A text as two that stand between quotations, or None."""
	parts = [p for p in re.split(r"(?<=[.!?])\s+", text) if p]
	if len(parts) < 2:
		return None
	k = len(parts) // 2
	return " ".join(parts[:k]), " ".join(parts[k:])


def our_halves(lang):
	ours = OURS[lang]
	at = ours.index(OURS_ASKS[LANGS.index(lang)])
	return ours[:at].rstrip("\n"), ours[at:]


def marked(lead, text, lang, place, html_quote, width, fold):
	"""Programs that mark what they quote: a plain and an HTML body."""
	ours = OURS[lang]
	said = fold(text)
	if place == "bottom":
		plain = lead + "\n\n" + quoted(ours, width) + "\n\n" + said + "\n"
		body = html_quote(lead, ours, "", divs(text))
	elif place == "between":
		one, two = halves(text)
		a, b = our_halves(lang)
		plain = "\n".join([lead, "", quoted(a, width), "", fold(one), "",
		    quoted(b, width), "", fold(two), ""])
		body = html_quote(lead, a, "", divs(one)) + \
		    html_quote("", b, "", divs(two))
	else:
		plain = said + "\n\n" + lead + "\n\n" + quoted(ours, width) + "\n"
		body = html_quote(lead, ours, divs(text), "")
	return plain, body


def gmail(text, lang, place, i):
	lead = GMAIL[lang].format(n=NAME, a=ADDRESS)

	def quote(lead, ours, before, after):
		attr = '<div dir="ltr" class="gmail_attr">%s<br></div>' % \
		    esc(lead) if lead else ""
		return ('%s<br><div class="gmail_quote">%s<blockquote '
		    'class="gmail_quote" style="margin:0px 0px 0px 0.8ex;'
		    'border-left:1px solid rgb(204,204,204);padding-left:1ex">'
		    '<div>%s</div></blockquote></div>%s') % (
		    '<div dir="ltr">%s</div>' % before if before else "", attr,
		    esc(ours), "<div><br></div>" + after if after else "")

	plain, body = marked(folded(lead, 72), text, lang, place, quote, 72,
	    lambda t: folded(t, 72))
	return plain, body, {}


def apple(text, lang, place, i):
	lead = APPLE[lang].format(n=NAME, a=ADDRESS)

	def quote(lead, ours, before, after):
		return ('%s<div><br><blockquote type="cite"><div>%s</div><br '
		    'class="Apple-interchange-newline"><div>%s</div></blockquote>'
		    '</div>%s') % (before, esc(lead), divs(ours),
		    "<br>" + after if after else "")

	def phone(t):
		return t

	plain, body = marked(lead, text, lang, place, quote, 0, phone)
	if place == "top" and i % 4 == 0:
		plain = text + "\n\n" + PHONE[lang] + "\n\n" + \
		    plain[len(text):].lstrip("\n")
		body = divs(text) + "<div><br></div><div>" + PHONE[lang] + \
		    "</div>" + body[len(divs(text)):]
	return plain, body, {"X-Mailer": "Apple Mail (2.3774.600.62)"}


def thunderbird(text, lang, place, i):
	lead = THUNDERBIRD[lang].format(n=NAME)

	def quote(lead, ours, before, after):
		return ('%s<br><div class="moz-cite-prefix">%s<br></div>'
		    '<blockquote type="cite" cite="mid:1@example.com">%s'
		    '</blockquote>%s') % (esc_p(before), esc(lead),
		    esc(ours), after)

	def esc_p(before):
		return before

	plain, body = marked(lead, text, lang, place, quote, 0,
	    lambda t: flowed(t, 72))
	return plain, body, {"User-Agent": "Mozilla Thunderbird",
	    "flowed": True}


def yahoo(text, lang, place, i):
	lead = YAHOO[lang].format(n=NAME, a=ADDRESS)
	ours = OURS[lang]
	plain = text + "\n\n    " + lead + "  \n \n " + \
	    ours.replace("\n", "\n ") + "  \n"
	body = ('<div class="ydp1yahoo-style-wrap" style="font-size:16px;">'
	    '<div dir="ltr">%s</div><div><br></div></div><div id="yahoo_quoted_1" '
	    'class="yahoo_quoted"><div style="font-size:13px"><div>%s</div><div>'
	    '<br></div><div><div>%s</div></div></div></div>') % (esc(text),
	    esc(lead), esc(ours))
	return plain, body, {}


def outlook(text, lang, place, i):
	frm, sent, when, to, subject = OUTLOOK[lang]
	colon = " :" if lang == "fr" else ":"
	block = "%s%s %s <%s>\n%s%s %s\n%s%s Ann Lee <ann@x.example>\n%s%s %s" % (
	    frm, colon, NAME, ADDRESS, sent, colon, when, to, colon, subject,
	    colon, "Roll-out")
	rule = ["________________________________", "", ORIGINAL[lang]][i % 3]
	plain = text + "\n\n" + rule + "\n" + block + "\n\n" + OURS[lang] + "\n"
	paras = "".join('<p class="MsoNormal">%s<o:p></o:p></p>' %
	    (html.escape(line, quote=False) or "&nbsp;")
	    for line in text.split("\n"))
	head = "".join("<b>%s%s</b> %s<br>" % tuple(
	    [html.escape(x, quote=False) for x in
	    (line.partition(colon)[0], colon, line.partition(colon)[2])])
	    for line in block.split("\n"))
	if i % 2:
		body = ('<html><head><style>p.MsoNormal {margin:0cm}</style></head>'
		    '<body lang="EN-GB"><div class="WordSection1">%s<p '
		    'class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div '
		    'style="border:none;border-top:solid #E1E1E1 1.0pt;padding:'
		    '3.0pt 0cm 0cm 0cm"><p class="MsoNormal">%s<o:p></o:p></p>'
		    '</div></div>%s</div></body></html>') % (paras, head,
		    esc(OURS[lang]))
	else:
		body = ('<html><body><div class="elementToProof">%s</div><div '
		    'id="appendonsend"></div><hr style="display:inline-block;'
		    'width:98%%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">'
		    '%s</div><div>%s</div></body></html>') % (divs(text), head,
		    esc(OURS[lang]))
	return plain, body, {"Thread-Topic": "Roll-out"}


PROGRAMS = [gmail, outlook, apple, thunderbird, yahoo]


def part(text, subtype, charset, how, params=""):
	raw = text.encode(charset).replace(b"\n", b"\r\n")
	if how == "base64":
		body = base64.encodebytes(raw).decode().replace("\n", "\r\n")
	else:
		body = quopri.encodestring(raw.replace(b"\r\n", b"\n")).decode() \
		    .replace("\n", "\r\n")
	return ("Content-Type: text/%s; charset=%s%s\r\n"
	    "Content-Transfer-Encoding: %s\r\n\r\n%s" % (subtype, charset, params,
	    how, body)).encode()


def charset_of(text, i):
	if i % 3 == 1:
		try:
			text.encode("iso-8859-1")
			return "iso-8859-1"
		except UnicodeEncodeError:
			pass
	return "utf-8"


def mail(i, text):
	program = PROGRAMS[i % len(PROGRAMS)]
	lang = LANGS[i // len(PROGRAMS) % len(LANGS)]
	form = FORMS[i // 3 % len(FORMS)]
	place = PLACES[i // 7 % len(PLACES)]
	if program in (outlook, yahoo) or (place == "between" and
	    halves(text) is None):
		place = "top"
	plain, body, more = program(text, lang, place, i)
	footer = i % 6 == 0 and place == "top"
	if footer:
		plain += "\n\n" + FOOTERS[lang] + "\n"
		body += "<br><p style='color:gray'>%s</p>" % esc(FOOTERS[lang])
	how = "base64" if i % 4 == 3 else "quoted-printable"
	charset = charset_of(plain + body, i)
	flow = "; format=flowed" if more.pop("flowed", False) else ""
	head = ["Return-Path: <ann@x.example>", "From: Ann Lee <ann@x.example>",
	    "To: Ada Lovelace <ada@example.com>", "Subject: Re: Roll-out",
	    "Date: Wed, 4 Mar 2026 09:12:%02d +0100" % (i % 60),
	    "Message-ID: <text-%04d@x.example>" % i,
	    "In-Reply-To: <1@example.com>", "MIME-Version: 1.0"]
	head += ["%s: %s" % kv for kv in more.items()]
	top = "\r\n".join(head).encode() + b"\r\n"
	if form == "plain":
		raw = top + part(plain, "plain", charset, how, flow)
	elif form == "html":
		raw = top + part(body, "html", charset, how)
	else:
		b = b"=_part-%d" % i
		raw = top + b'Content-Type: multipart/alternative; boundary="' + b + \
		    b'"\r\n\r\n--' + b + b"\r\n" + part(plain, "plain", charset,
		    how, flow) + b"\r\n--" + b + b"\r\n" + part(body, "html",
		    charset, how) + b"\r\n--" + b + b"--\r\n"
	label = "%s %s %s %s%s" % (program.__name__, lang, form, place,
	    " footer" if footer else "")
	return raw, label, "\n\n".join(halves(text)) if place == "between" else text


def main():
	source, folder = sys.argv[1:3]
	os.makedirs(folder, exist_ok=True)
	with open(source, encoding="utf-8") as f:
		rows = [json.loads(line) for line in f]
	with open(folder + "/expect.ndjson", "w", encoding="utf-8") as out:
		for i, row in enumerate(rows):
			raw, label, text = mail(i, row["text"])
			with open("%s/%04d.eml" % (folder, i), "wb") as f:
				f.write(raw)
			out.write(json.dumps({"id": "<text-%04d@x.example>" % i,
			    "how": label, "text": text,
			    "signals": row.get("signals", [])},
			    ensure_ascii=False) + "\n")


if __name__ == "__main__":
	main()
