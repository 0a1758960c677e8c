/*
 * How senior a job title is, in the languages that lists come in.
 *
 * A table of phrases, longest match first; the highest level that is the
 * person's own counts.  Never guesses: a title without a known word is 0.
 */
#include <stdlib.h>
#include <string.h>

#include "policy/facts.h"

#define WORDS_MAX	32	/* a longer title says nothing more */
#define TITLE_MAX	512
#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/*
 * What a phrase does that has no level.  CAP: whatever else is said, this is
 * staff.  DROP: the rest of this part of the title is not theirs now.  CUT:
 * the rest of the title is somebody else's.
 */
enum { CAP = -1, DROP = -2, CUT = -3 };

/* The phrases of a level, folded, one blank between words. */
static const char *const cut[] = {
	"to", "reporting to", "reports to", "office of the"
};
static const char *const drop[] = {
	"former", "formerly", "ex", "retired", "past", "aspiring", "future",
	"ehemaliger", "ehemalige", "ancien", "ancienne"
};
static const char *const cap[] = {
	"intern", "internship", "trainee", "student", "apprentice",
	"werkstudent", "werkstudentin", "praktikant", "praktikantin", "azubi",
	"stagiaire", "alternant", "alternante", "becario", "becaria",
	"tirocinante", "stagista", "estagiário", "estagiária", "stagiair",
	"executive assistant", "personal assistant", "administrative assistant",
	"assistenz", "vorstandsassistenz", "vorstandsassistentin",
	"assistentin der", "assistent der", "assistante de", "assistant de",
	"asistente de", "assistente di", "assistente de", "assistente da",
	"sekretärin"
};
static const char *const top[] = {
	"ceo", "cfo", "cto", "cio", "cmo", "coo", "cro", "cpo", "cso", "ciso",
	"chro", "cdo", "cco", "clo", "cao", "cxo", "cgo", "c level", "c suite",
	"founder", "cofounder", "founding partner", "owner", "coowner",
	"business owner", "proprietor", "president", "managing partner",
	"senior partner", "general partner", "equity partner",
	"managing director", "managing member", "chairman", "chairwoman",
	"chairperson", "chair", "board member", "board director",
	"non executive director", "member of the board", "entrepreneur",
	"geschäftsführer", "geschäftsführerin", "geschäftsführung", "vorstand",
	"vorständin", "vorstandsvorsitzender", "vorstandsvorsitzende",
	"vorstandsmitglied", "inhaber", "inhaberin", "gründer", "gründerin",
	"mitgründer", "mitgründerin", "generaldirektor", "pdg", "dg",
	"président", "présidente", "directeur général", "directrice générale",
	"gérant", "gérante", "fondateur", "fondatrice", "cofondateur",
	"cofondatrice", "propriétaire", "dirigeant", "dirigeante",
	"director general", "directora general", "director ejecutivo",
	"directora ejecutiva", "gerente general", "consejero delegado",
	"consejera delegada", "presidente", "presidenta", "dueño", "dueña",
	"propietario", "propietaria", "fundador", "fundadora", "cofundador",
	"cofundadora", "socio director", "socio fundador",
	"amministratore delegato", "amministratrice delegata",
	"amministratore unico", "direttore generale", "direttrice generale",
	"titolare", "fondatore", "proprietario", "diretor geral",
	"diretora geral", "diretor executivo", "diretora executiva",
	"proprietário", "sócio", "sócia", "dono", "eigenaar", "eigenaresse",
	"oprichter", "bestuurder", "algemeen directeur", "dga", "prezes",
	"prezes zarządu", "właściciel", "właścicielka", "założyciel", "vd",
	"verkställande direktör", "ägare", "grundare",
	"administrerende direktør", "ejer", "toimitusjohtaja", "genel müdür",
	"kurucu", "генеральный директор", "владелец", "основатель",
	"собственник"
};
static const char *const vp[] = {
	"vp", "svp", "evp", "gvp", "rvp", "vice president", "vicepresident",
	"vice président", "vice présidente", "vicepresidente", "vicepresidenta",
	"vice presidente", "vizepräsident", "vizepräsidentin", "wiceprezes",
	"deputy ceo", "вице президент"
};
static const char *const director[] = {
	"avp", "assistant vice president", "associate vice president",
	"director", "dir", "chief", "chief of staff", "general manager",
	"direktor", "direktorin", "prokurist", "prokuristin", "directeur",
	"directrice", "daf", "dsi", "drh", "directora", "direttore",
	"direttrice", "diretor", "diretora", "dyrektor", "direktör", "direktør",
	"johtaja", "direktörü", "директор"
};
static const char *const manager[] = {
	"manager", "mgr", "managerin", "head", "supervisor", "team lead",
	"teamlead", "team leader", "teamleader", "assistant director",
	"controller", "leiter", "leiterin", "leitung", "responsable", "chef",
	"cheffe", "gerente", "jefe", "jefa", "subdirector", "subdirectora",
	"encargado", "encargada", "responsabile", "capo", "coordenador",
	"coordenadora", "hoofd", "teamleider", "kierownik", "menedżer",
	"päällikkö", "müdür", "müdürü", "руководитель", "менеджер", "начальник"
};
static const char *const senior[] = {
	"senior", "sr", "snr", "principal", "lead", "expert", "architect",
	"assistant manager", "architekt", "sénior", "старший"
};
/* Also words that hide a higher one. */
static const char *const staff[] = {
	"product owner", "process owner", "service owner", "data owner",
	"account executive", "sales executive", "executive", "lead generation",
	"lead gen", "lead qualification", "head chef", "sous chef",
	"executive chef", "head hunter", "head nurse", "analyst", "specialist",
	"engineer", "developer", "programmer", "consultant", "representative",
	"rep", "sdr", "bdr", "ae", "associate", "assistant", "administrator",
	"admin", "coordinator", "advisor", "adviser", "agent", "clerk",
	"designer", "officer", "secretary", "technician", "scientist",
	"researcher", "writer", "editor", "nurse", "teacher", "accountant",
	"bookkeeper", "recruiter", "buyer", "planner", "operator", "marketer",
	"salesperson", "junior", "jr", "staff", "employee", "member",
	"generalist", "strategist", "receptionist", "business partner",
	"referent", "referentin", "sachbearbeiter", "sachbearbeiterin",
	"mitarbeiter", "mitarbeiterin", "entwickler", "entwicklerin",
	"ingenieur", "ingenieurin", "berater", "beraterin", "kaufmann",
	"kauffrau", "chargé", "chargée", "ingénieur", "ingénieure",
	"développeur", "technicien", "consultante", "assistante", "técnico",
	"técnica", "analista", "ingeniero", "ingeniera", "consultor",
	"consultora", "asistente", "assistente", "impiegato", "impiegata",
	"ingegnere", "consulente", "engenheiro", "engenheira", "desenvolvedor",
	"medewerker", "adviseur", "ontwikkelaar", "specjalista", "specjalistka",
	"инженер", "специалист"
};

static const struct {
	int			 level;
	size_t			 n;
	const char *const	*phrase;
} table[] = {
	{ CUT, COUNT(cut), cut },
	{ DROP, COUNT(drop), drop },
	{ CAP, COUNT(cap), cap },
	{ 6, COUNT(top), top },
	{ 5, COUNT(vp), vp },
	{ 4, COUNT(director), director },
	{ 3, COUNT(manager), manager },
	{ 2, COUNT(senior), senior },
	{ 1, COUNT(staff), staff },
};

/* German joins its words: the last one says what they are. */
static const struct {
	int		 level;
	const char	*end;
} endings[] = {
	{ 6, "geschäftsführer" }, { 6, "geschäftsführerin" },
	{ 4, "direktor" }, { 4, "direktorin" }, { 3, "manager" },
	{ 3, "managerin" }, { 3, "leiter" }, { 3, "leiterin" },
	{ 3, "leitung" }, { 3, "chef" }, { 1, "berater" }, { 1, "beraterin" },
	{ 1, "entwickler" }, { 1, "entwicklerin" }, { 1, "ingenieur" },
	{ 1, "referent" }, { 1, "referentin" }, { 1, "mitarbeiter" },
	{ 1, "kaufmann" }, { 1, "kauffrau" },
};

/* East Asian titles have no blanks: the first that is in it. */
static const struct {
	int		 level;
	const char	*part;
} inside[] = {
	{ 6, "代表取締役" }, { 6, "社長" }, { 6, "会長" }, { 6, "董事长" },
	{ 6, "董事長" }, { 6, "总经理" }, { 6, "總經理" }, { 6, "首席" },
	{ 6, "创始人" }, { 6, "創辦人" }, { 6, "대표이사" }, { 6, "取締役" },
	{ 5, "副总裁" }, { 5, "副總裁" }, { 6, "总裁" }, { 6, "總裁" },
	{ 4, "部長" }, { 4, "总监" }, { 4, "總監" }, { 4, "이사" },
	{ 4, "부장" }, { 3, "課長" }, { 3, "经理" }, { 3, "經理" },
	{ 3, "主管" }, { 3, "マネージャー" }, { 3, "과장" }, { 1, "工程师" },
	{ 1, "エンジニア" },
};

struct word {
	const char	*ptr;
	size_t		 len;
	bool		 last;	/* of its part: a comma, slash or bar follows */
	size_t		 took;	/* words of the longest phrase here, or 0 */
	int		 level;	/* of that phrase */
};

/* Lower case; dots of "V.P." gone, marks as blanks; parts end in ','. */
static void
clean(const char *title, char *out, size_t size)
{
	size_t i, n = 0, run = 0;
	unsigned char c;

	for (i = 0; title[i] != '\0' && n + 2 < size; i++) {
		c = title[i];
		if (c == 0xe2 && (unsigned char)title[i + 1] == 0x80 &&
		    title[i + 2] != '\0') {
			/* dashes and bullets part, an apostrophe does not */
			out[n++] = (unsigned char)title[i + 2] == 0x99 ?
			    ' ' : ',';
			i += 2;
			run = 0;
		} else if (c >= 0x80 || (c >= 'a' && c <= 'z') ||
		    (c >= '0' && c <= '9')) {
			out[n++] = c;
			run++;
		} else if (c >= 'A' && c <= 'Z') {
			out[n++] = c - 'A' + 'a';
			run++;
		} else if (c == '.' && run == 1) {
			run = 0;	/* one letter: an abbreviation's */
		} else {
			out[n++] = strchr(",;|/()@\n", c) != NULL ? ',' : ' ';
			run = 0;
		}
	}
	out[n] = '\0';
}

static size_t
split(const char *s, struct word *word)
{
	size_t n = 0;

	while (*s != '\0') {
		if (*s == ',' && n > 0)
			word[n - 1].last = true;
		if (*s == ',' || *s == ' ') {
			s++;
			continue;
		}
		if (n == WORDS_MAX)
			break;
		word[n].ptr = s;
		word[n].len = strcspn(s, " ,");
		word[n].last = false;
		s += word[n].len;
		n++;
	}
	if (n > 0)
		word[n - 1].last = true;
	return (n);
}

/* How many words from ${w} on the phrase takes; 0 if it does not match. */
static size_t
match(const char *p, const struct word *w, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (strncmp(p, w[i].ptr, w[i].len) != 0)
			return (0);
		p += w[i].len;
		if (*p == '\0')
			return (i + 1);
		if (*p++ != ' ' || w[i].last)
			return (0);
	}
	return (0);
}

/* The longest phrase at ${w}: its words, and its level; 0 for none. */
static size_t
phrase_at(const struct word *w, size_t n, int *level)
{
	const char *p;
	size_t i, k, took, best = 0;

	for (i = 0; i < COUNT(table); i++)
		for (k = 0; k < table[i].n; k++) {
			p = table[i].phrase[k];
			if (*p != *w->ptr || (took = match(p, w, n)) <= best)
				continue;
			best = took;
			*level = table[i].level;
		}
	return (best);
}

static int
level_of_word(const struct word *w)
{
	size_t i, len;

	for (i = 0; i < COUNT(endings); i++) {
		len = strlen(endings[i].end);
		if (w->len > len && memcmp(w->ptr + w->len - len,
		    endings[i].end, len) == 0)
			return (endings[i].level);
	}
	if ((unsigned char)w->ptr[0] < 0xe3)
		return (0);
	for (i = 0; i < COUNT(inside); i++)
		if (memmem(w->ptr, w->len, inside[i].part,
		    strlen(inside[i].part)) != NULL)
			return (inside[i].level);
	return (0);
}

static bool
is(const struct word *w, const char *s)
{

	return (w->len == strlen(s) && memcmp(w->ptr, s, w->len) == 0);
}

/* "chief revenue officer": an officer behind the chief, in the same part. */
static bool
chief_officer(const struct word *w, size_t n)
{
	size_t i;

	if (!is(w, "chief"))
		return (false);
	for (i = 0; i < n && i < 6; i++) {
		if (is(&w[i], "officer"))
			return (true);
		if (w[i].last)
			break;
	}
	return (false);
}

static int
level_of(const struct word *w, size_t n)
{
	size_t i, took;
	int level = 0, own;

	for (i = 0; i < n; i += took) {
		own = w[i].level;
		if ((took = w[i].took) == 0) {
			took = 1;
			/* a partner is an owner where it is the whole part */
			own = is(&w[i], "partner") && w[i].last &&
			    (i == 0 || w[i - 1].last) ? 6 :
			    level_of_word(&w[i]);
		}
		if (own == CUT && i > 0)
			return (level > 0 ? level : 1);
		if (own == DROP)
			while (!w[i + took - 1].last)
				took++;
		if (own == 4 && took == 1 && chief_officer(w + i, n - i))
			own = 6;
		if (own > level)
			level = own;
	}
	return (level);
}

int
fu_title_seniority(const char *title)
{
	struct word word[WORDS_MAX];
	char buf[TITLE_MAX], *folded = NULL;
	const char *p;
	size_t n, i;

	if (fu_blank(title))
		return (0);
	for (p = title; *p != '\0' && (unsigned char)*p < 0x80; p++)
		continue;
	if (*p != '\0')
		folded = fu_fold(title);
	clean(folded != NULL ? folded : title, buf, sizeof(buf));
	free(folded);
	n = split(buf, word);
	/* "Marketing manager, intern": looked for first, wherever it stands */
	for (i = 0; i < n; i++) {
		word[i].took = phrase_at(word + i, n - i, &word[i].level);
		if (word[i].took > 0 && word[i].level == CAP)
			return (1);
	}
	return (level_of(word, n));
}
