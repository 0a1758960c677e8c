/*
 * Domains where anybody gets a mailbox: they name no company.
 *
 * Sorted by bytes, for a binary search; a test checks the order.
 */
#include <stdlib.h>
#include <string.h>

#include "record/email.h"

static const char *const domains[] = {
	"126.com", "163.com", "aim.com", "aliyun.com", "aol.com", "arcor.de",
	"att.net", "bellsouth.net", "bigpond.com", "bluewin.ch",
	"bol.com.br", "btinternet.com", "centrum.cz", "charter.net",
	"comcast.net", "cox.net", "daum.net", "duck.com", "earthlink.net",
	"email.com", "email.cz", "fastmail.com", "fastmail.fm", "foxmail.com",
	"free.fr", "freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.com",
	"gmx.de", "gmx.net", "googlemail.com", "hanmail.net", "hey.com",
	"hotmail.co.uk", "hotmail.com", "hotmail.de", "hotmail.es",
	"hotmail.fr", "hotmail.it", "hushmail.com", "icloud.com", "inbox.lv",
	"inbox.ru", "interia.pl", "juno.com", "laposte.net", "libero.it",
	"live.ca", "live.co.uk", "live.com", "live.de", "live.fr", "live.nl",
	"mac.com", "mail.com", "mail.ru", "mailbox.org", "me.com", "msn.com",
	"naver.com", "ntlworld.com", "o2.pl", "onet.pl", "optonline.net",
	"optusnet.com.au", "orange.fr", "outlook.com", "outlook.de",
	"outlook.fr", "pm.me", "posteo.de", "proton.me", "protonmail.com",
	"qq.com", "rambler.ru", "rediffmail.com", "rocketmail.com",
	"sbcglobal.net", "seznam.cz", "sfr.fr", "shaw.ca", "sina.com",
	"sky.com", "skynet.be", "sohu.com", "sympatico.ca", "t-online.de",
	"talktalk.net", "telenet.be", "tiscali.it", "tuta.com", "tutanota.com",
	"ukr.net", "uol.com.br", "verizon.net", "virgilio.it", "virginmedia.com",
	"wanadoo.fr", "web.de", "wp.pl", "xtra.co.nz", "ya.ru", "yahoo.ca",
	"yahoo.co.in", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com",
	"yahoo.com.au", "yahoo.com.br", "yahoo.de", "yahoo.es", "yahoo.fr",
	"yahoo.it", "yandex.com", "yandex.ru", "yeah.net", "ymail.com",
	"ziggo.nl", "zoho.com"
};

static int
by_name(const void *a, const void *b)
{
	return (strcmp(a, *(const char *const *)b));
}

bool
fu_freemail(const char *domain)
{
	return (bsearch(domain, domains, sizeof(domains) / sizeof(domains[0]),
	    sizeof(domains[0]), by_name) != NULL);
}
