/*
 * Cutting a stated timeline into words that are known, in the languages that
 * forms are filled in, without accents.  Never decides what they mean together.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy/timeline_days.h"
#include "policy/timeline_words.h"

struct known {
	const char	*text;
	enum fu_tw	 what;
	int		 value;
};

static const struct known words[] = {
	{ "one", W_NUMBER, 1 }, { "two", W_NUMBER, 2 },
	{ "three", W_NUMBER, 3 }, { "four", W_NUMBER, 4 },
	{ "five", W_NUMBER, 5 }, { "six", W_NUMBER, 6 },
	{ "seven", W_NUMBER, 7 }, { "eight", W_NUMBER, 8 },
	{ "nine", W_NUMBER, 9 }, { "ten", W_NUMBER, 10 },
	{ "eleven", W_NUMBER, 11 }, { "twelve", W_NUMBER, 12 },
	{ "eighteen", W_NUMBER, 18 }, { "couple", W_NUMBER, 2 },
	{ "few", W_NUMBER, 4 }, { "several", W_NUMBER, 6 },
	{ "h", W_UNIT, U_HOUR }, { "hour", W_UNIT, U_HOUR },
	{ "hours", W_UNIT, U_HOUR }, { "hrs", W_UNIT, U_HOUR },
	{ "d", W_UNIT, U_DAY }, { "day", W_UNIT, U_DAY },
	{ "days", W_UNIT, U_DAY }, { "tag", W_UNIT, U_DAY },
	{ "tage", W_UNIT, U_DAY }, { "tagen", W_UNIT, U_DAY },
	{ "jours", W_UNIT, U_DAY }, { "dias", W_UNIT, U_DAY },
	{ "giorni", W_UNIT, U_DAY },
	{ "w", W_UNIT, U_WEEK }, { "wk", W_UNIT, U_WEEK },
	{ "wks", W_UNIT, U_WEEK }, { "week", W_UNIT, U_WEEK },
	{ "weeks", W_UNIT, U_WEEK }, { "woche", W_UNIT, U_WEEK },
	{ "wochen", W_UNIT, U_WEEK }, { "semaine", W_UNIT, U_WEEK },
	{ "semaines", W_UNIT, U_WEEK }, { "semana", W_UNIT, U_WEEK },
	{ "semanas", W_UNIT, U_WEEK }, { "settimane", W_UNIT, U_WEEK },
	{ "m", W_UNIT, U_MONTH }, { "mo", W_UNIT, U_MONTH },
	{ "mos", W_UNIT, U_MONTH }, { "mth", W_UNIT, U_MONTH },
	{ "mths", W_UNIT, U_MONTH }, { "month", W_UNIT, U_MONTH },
	{ "months", W_UNIT, U_MONTH }, { "monat", W_UNIT, U_MONTH },
	{ "monate", W_UNIT, U_MONTH }, { "monaten", W_UNIT, U_MONTH },
	{ "mois", W_UNIT, U_MONTH }, { "mes", W_UNIT, U_MONTH },
	{ "meses", W_UNIT, U_MONTH }, { "mesi", W_UNIT, U_MONTH },
	{ "maanden", W_UNIT, U_MONTH },
	{ "quarter", W_UNIT, U_QUARTER }, { "quarters", W_UNIT, U_QUARTER },
	{ "qtr", W_UNIT, U_QUARTER }, 
	
	{ "y", W_UNIT, U_YEAR }, { "yr", W_UNIT, U_YEAR },
	{ "yrs", W_UNIT, U_YEAR }, { "year", W_UNIT, U_YEAR },
	{ "years", W_UNIT, U_YEAR }, { "jahr", W_UNIT, U_YEAR },
	{ "jahre", W_UNIT, U_YEAR }, { "ans", W_UNIT, U_YEAR },
	{ "ano", W_UNIT, U_YEAR }, { "anos", W_UNIT, U_YEAR },
	{ "january", W_MONTH, 1 }, { "jan", W_MONTH, 1 },
	{ "januar", W_MONTH, 1 }, { "janvier", W_MONTH, 1 },
	{ "enero", W_MONTH, 1 },
	{ "february", W_MONTH, 2 }, { "feb", W_MONTH, 2 },
	{ "februar", W_MONTH, 2 }, { "fevrier", W_MONTH, 2 },
	{ "febrero", W_MONTH, 2 },
	{ "march", W_MONTH, 3 }, { "mar", W_MONTH, 3 },
	{ "marz", W_MONTH, 3 }, { "mars", W_MONTH, 3 },
	{ "marzo", W_MONTH, 3 },
	{ "april", W_MONTH, 4 }, { "apr", W_MONTH, 4 },
	{ "avril", W_MONTH, 4 }, { "abril", W_MONTH, 4 },
	{ "may", W_MONTH, 5 }, { "mai", W_MONTH, 5 }, { "mayo", W_MONTH, 5 },
	{ "june", W_MONTH, 6 }, { "jun", W_MONTH, 6 }, { "juni", W_MONTH, 6 },
	{ "juin", W_MONTH, 6 }, { "junio", W_MONTH, 6 },
	{ "july", W_MONTH, 7 }, { "jul", W_MONTH, 7 }, { "juli", W_MONTH, 7 },
	{ "juillet", W_MONTH, 7 }, { "julio", W_MONTH, 7 },
	{ "august", W_MONTH, 8 }, { "aug", W_MONTH, 8 },
	{ "aout", W_MONTH, 8 }, { "agosto", W_MONTH, 8 },
	{ "september", W_MONTH, 9 }, { "sep", W_MONTH, 9 },
	{ "sept", W_MONTH, 9 }, { "septembre", W_MONTH, 9 },
	{ "septiembre", W_MONTH, 9 },
	{ "october", W_MONTH, 10 }, { "oct", W_MONTH, 10 },
	{ "oktober", W_MONTH, 10 }, { "octobre", W_MONTH, 10 },
	{ "octubre", W_MONTH, 10 },
	{ "november", W_MONTH, 11 }, { "nov", W_MONTH, 11 },
	{ "novembre", W_MONTH, 11 }, { "noviembre", W_MONTH, 11 },
	{ "december", W_MONTH, 12 }, { "dec", W_MONTH, 12 },
	{ "dezember", W_MONTH, 12 }, { "decembre", W_MONTH, 12 },
	{ "diciembre", W_MONTH, 12 },
	{ "monday", W_WEEKDAY, 0 }, { "tuesday", W_WEEKDAY, 1 },
	{ "wednesday", W_WEEKDAY, 2 }, { "thursday", W_WEEKDAY, 3 },
	{ "friday", W_WEEKDAY, 4 }, { "saturday", W_WEEKDAY, 5 },
	{ "sunday", W_WEEKDAY, 6 },
	/* the season's last day of the northern calendar: month, day */
	{ "spring", W_SEASON, 620 }, { "summer", W_SEASON, 922 },
	{ "autumn", W_SEASON, 1220 }, { "fall", W_SEASON, 1220 },
	{ "winter", W_SEASON, 319 },
	{ "asap", W_ASAP, 0 }, { "immediately", W_ASAP, 0 },
	{ "immediate", W_ASAP, 0 }, { "urgent", W_ASAP, 0 },
	{ "urgently", W_ASAP, 0 }, { "now", W_ASAP, 0 },
	{ "straightaway", W_ASAP, 0 }, { "sofort", W_ASAP, 0 },
	{ "today", W_TODAY, 0 }, { "heute", W_TODAY, 0 },
	{ "tomorrow", W_TOMORROW, 0 },
	{ "this", W_THIS, 0 }, { "current", W_THIS, 0 },
	{ "diesem", W_THIS, 0 }, { "dieses", W_THIS, 0 },
	{ "next", W_NEXT, 0 }, { "coming", W_NEXT, 0 },
	{ "following", W_NEXT, 0 }, { "nachsten", W_NEXT, 0 },
	{ "nachstes", W_NEXT, 0 },
	{ "end", W_END, 0 }, { "ende", W_END, 0 }, { "fin", W_END, 0 },
	{ "early", W_EARLY, 0 }, { "beginning", W_EARLY, 0 },
	{ "start", W_EARLY, 0 }, { "anfang", W_EARLY, 0 },
	{ "mid", W_MID, 0 }, { "middle", W_MID, 0 }, { "mitte", W_MID, 0 },
	{ "late", W_LATE, 0 },
	{ "not", W_NOT, 0 }, { "no", W_NOT, 0 }, { "never", W_NOT, 0 },
	{ "isn", W_NOT, 0 }, { "nicht", W_NOT, 0 },
	{ "over", W_OVER, 0 }, { "after", W_OVER, 0 }, { "beyond", W_OVER, 0 },
	{ "than", W_OVER, 0 }, { "least", W_OVER, 0 },
	{ "a", W_A, 1 }, { "an", W_A, 1 }, { "one's", W_A, 1 },
	{ "the", W_THE, 0 }, { "of", W_OF, 0 },
	{ "to", W_RANGE, 0 }, { "or", W_RANGE, 0 }, { "bis", W_RANGE, 0 },
	{ "and", W_RANGE, 0 },
	{ "business", W_WORKING, 0 }, { "working", W_WORKING, 0 },
	{ "eom", W_EOM, 0 }, { "eoq", W_EOQ, 0 }, { "eoy", W_EOY, 0 },
	{ "yearend", W_EOY, 0 }, { "jahresende", W_EOY, 0 },
	{ "first", W_ORDINAL, 1 }, { "second", W_ORDINAL, 2 },
	{ "third", W_ORDINAL, 3 }, { "fourth", W_ORDINAL, 4 },
	{ "last", W_ORDINAL, 9 },
	{ "half", W_HWORD, 0 },
	/* numbers of German, French, Spanish, Italian, Portuguese and Dutch */
	{ "zwei", W_NUMBER, 2 }, { "deux", W_NUMBER, 2 },
	{ "dos", W_NUMBER, 2 }, { "due", W_NUMBER, 2 },
	{ "dois", W_NUMBER, 2 }, { "duas", W_NUMBER, 2 },
	{ "twee", W_NUMBER, 2 }, { "drei", W_NUMBER, 3 },
	{ "trois", W_NUMBER, 3 }, { "tres", W_NUMBER, 3 },
	{ "tre", W_NUMBER, 3 }, { "drie", W_NUMBER, 3 },
	{ "vier", W_NUMBER, 4 }, { "quatre", W_NUMBER, 4 },
	{ "cuatro", W_NUMBER, 4 }, { "quattro", W_NUMBER, 4 },
	{ "quatro", W_NUMBER, 4 }, { "funf", W_NUMBER, 5 },
	{ "cinq", W_NUMBER, 5 }, { "cinco", W_NUMBER, 5 },
	{ "cinque", W_NUMBER, 5 }, { "vijf", W_NUMBER, 5 },
	{ "sechs", W_NUMBER, 6 }, { "seis", W_NUMBER, 6 },
	{ "sei", W_NUMBER, 6 }, { "zes", W_NUMBER, 6 },
	{ "sieben", W_NUMBER, 7 }, { "siete", W_NUMBER, 7 },
	{ "sette", W_NUMBER, 7 }, { "sete", W_NUMBER, 7 },
	{ "zeven", W_NUMBER, 7 }, { "acht", W_NUMBER, 8 },
	{ "huit", W_NUMBER, 8 }, { "ocho", W_NUMBER, 8 },
	{ "otto", W_NUMBER, 8 }, { "oito", W_NUMBER, 8 },
	{ "neun", W_NUMBER, 9 }, { "neuf", W_NUMBER, 9 },
	{ "nueve", W_NUMBER, 9 }, { "nove", W_NUMBER, 9 },
	{ "negen", W_NUMBER, 9 }, { "zehn", W_NUMBER, 10 },
	{ "dix", W_NUMBER, 10 }, { "diez", W_NUMBER, 10 },
	{ "dieci", W_NUMBER, 10 }, { "dez", W_NUMBER, 10 },
	{ "tien", W_NUMBER, 10 }, { "zwolf", W_NUMBER, 12 },
	{ "douze", W_NUMBER, 12 }, { "doce", W_NUMBER, 12 },
	{ "dodici", W_NUMBER, 12 }, { "doze", W_NUMBER, 12 },
	{ "twaalf", W_NUMBER, 12 }, { "achtzehn", W_NUMBER, 18 },
	{ "dieciocho", W_NUMBER, 18 }, { "diciotto", W_NUMBER, 18 },
	{ "dezoito", W_NUMBER, 18 }, { "achttien", W_NUMBER, 18 },
	{ "un", W_A, 1 }, { "une", W_A, 1 }, { "una", W_A, 1 },
	{ "uno", W_A, 1 }, { "um", W_A, 1 }, { "uma", W_A, 1 },
	{ "ein", W_A, 1 }, { "eine", W_A, 1 }, { "einem", W_A, 1 },
	{ "einen", W_A, 1 }, { "einer", W_A, 1 }, { "eines", W_A, 1 },
	{ "een", W_A, 1 },
	{ "stunde", W_UNIT, U_HOUR }, { "stunden", W_UNIT, U_HOUR },
	{ "heures", W_UNIT, U_HOUR }, { "horas", W_UNIT, U_HOUR },
	{ "ore", W_UNIT, U_HOUR }, { "uur", W_UNIT, U_HOUR },
	{ "jour", W_UNIT, U_DAY }, { "dia", W_UNIT, U_DAY },
	{ "giorno", W_UNIT, U_DAY }, { "dag", W_UNIT, U_DAY },
	{ "dagen", W_UNIT, U_DAY }, { "settimana", W_UNIT, U_WEEK },
	{ "weken", W_UNIT, U_WEEK }, { "mese", W_UNIT, U_MONTH },
	{ "maand", W_UNIT, U_MONTH }, { "quartale", W_UNIT, U_QUARTER },
	{ "quartalen", W_UNIT, U_QUARTER },
	{ "trimestres", W_UNIT, U_QUARTER },
	{ "trimestri", W_UNIT, U_QUARTER }, { "kwartalen", W_UNIT, U_QUARTER },
	{ "jahren", W_UNIT, U_YEAR }, { "jahres", W_UNIT, U_YEAR },
	{ "annee", W_UNIT, U_YEAR }, { "annees", W_UNIT, U_YEAR },
	{ "anno", W_UNIT, U_YEAR }, { "anni", W_UNIT, U_YEAR },
	{ "jaar", W_UNIT, U_YEAR }, { "jaren", W_UNIT, U_YEAR },
	{ "roku", W_UNIT, U_YEAR },
	/* said with "second" or "2." it is one of the calendar: months */
	{ "quartal", W_TERM, 3 }, { "quartals", W_TERM, 3 },
	{ "trimestre", W_TERM, 3 }, { "kwartaal", W_TERM, 3 },
	{ "halbjahr", W_TERM, 6 }, { "halbjahrs", W_TERM, 6 },
	{ "halbjahres", W_TERM, 6 }, { "semestre", W_TERM, 6 },
	{ "gennaio", W_MONTH, 1 }, { "janeiro", W_MONTH, 1 },
	{ "januari", W_MONTH, 1 }, { "febbraio", W_MONTH, 2 },
	{ "fevereiro", W_MONTH, 2 }, { "februari", W_MONTH, 2 },
	{ "marco", W_MONTH, 3 }, { "maart", W_MONTH, 3 },
	{ "aprile", W_MONTH, 4 }, { "maggio", W_MONTH, 5 },
	{ "maio", W_MONTH, 5 }, { "mei", W_MONTH, 5 },
	{ "giugno", W_MONTH, 6 }, { "junho", W_MONTH, 6 },
	{ "luglio", W_MONTH, 7 }, { "julho", W_MONTH, 7 },
	{ "augustus", W_MONTH, 8 }, { "settembre", W_MONTH, 9 },
	{ "setembro", W_MONTH, 9 }, { "ottobre", W_MONTH, 10 },
	{ "outubro", W_MONTH, 10 }, { "novembro", W_MONTH, 11 },
	{ "dicembre", W_MONTH, 12 }, { "dezembro", W_MONTH, 12 },
	{ "janner", W_MONTH, 1 },
	{ "montag", W_WEEKDAY, 0 }, { "lundi", W_WEEKDAY, 0 },
	{ "lunes", W_WEEKDAY, 0 }, { "lunedi", W_WEEKDAY, 0 },
	{ "maandag", W_WEEKDAY, 0 }, { "dienstag", W_WEEKDAY, 1 },
	{ "mardi", W_WEEKDAY, 1 }, { "martes", W_WEEKDAY, 1 },
	{ "martedi", W_WEEKDAY, 1 }, { "dinsdag", W_WEEKDAY, 1 },
	{ "mittwoch", W_WEEKDAY, 2 }, { "mercredi", W_WEEKDAY, 2 },
	{ "miercoles", W_WEEKDAY, 2 }, { "mercoledi", W_WEEKDAY, 2 },
	{ "woensdag", W_WEEKDAY, 2 }, { "donnerstag", W_WEEKDAY, 3 },
	{ "jeudi", W_WEEKDAY, 3 }, { "jueves", W_WEEKDAY, 3 },
	{ "giovedi", W_WEEKDAY, 3 }, { "donderdag", W_WEEKDAY, 3 },
	{ "freitag", W_WEEKDAY, 4 }, { "vendredi", W_WEEKDAY, 4 },
	{ "viernes", W_WEEKDAY, 4 }, { "venerdi", W_WEEKDAY, 4 },
	{ "vrijdag", W_WEEKDAY, 4 }, { "samstag", W_WEEKDAY, 5 },
	{ "samedi", W_WEEKDAY, 5 }, { "sabado", W_WEEKDAY, 5 },
	{ "sabato", W_WEEKDAY, 5 }, { "zaterdag", W_WEEKDAY, 5 },
	{ "sonntag", W_WEEKDAY, 6 }, { "dimanche", W_WEEKDAY, 6 },
	{ "domingo", W_WEEKDAY, 6 }, { "domenica", W_WEEKDAY, 6 },
	{ "zondag", W_WEEKDAY, 6 },
	{ "fruhjahr", W_SEASON, 620 }, { "fruhling", W_SEASON, 620 },
	{ "printemps", W_SEASON, 620 }, { "primavera", W_SEASON, 620 },
	{ "lente", W_SEASON, 620 }, { "voorjaar", W_SEASON, 620 },
	{ "sommer", W_SEASON, 922 }, { "ete", W_SEASON, 922 },
	{ "verano", W_SEASON, 922 }, { "estate", W_SEASON, 922 },
	{ "verao", W_SEASON, 922 }, { "zomer", W_SEASON, 922 },
	{ "herbst", W_SEASON, 1220 }, { "automne", W_SEASON, 1220 },
	{ "otono", W_SEASON, 1220 }, { "autunno", W_SEASON, 1220 },
	{ "outono", W_SEASON, 1220 }, { "herfst", W_SEASON, 1220 },
	{ "najaar", W_SEASON, 1220 }, { "hiver", W_SEASON, 319 },
	{ "invierno", W_SEASON, 319 }, { "inverno", W_SEASON, 319 },
	/* days of the year that business counts by */
	{ "easter", W_FEAST, F_EASTER }, { "ostern", W_FEAST, F_EASTER },
	{ "paques", W_FEAST, F_EASTER }, { "pascua", W_FEAST, F_EASTER },
	{ "pasqua", W_FEAST, F_EASTER }, { "pascoa", W_FEAST, F_EASTER },
	{ "pasen", W_FEAST, F_EASTER }, { "christmas", W_FEAST, F_CHRISTMAS },
	{ "xmas", W_FEAST, F_CHRISTMAS },
	{ "weihnachten", W_FEAST, F_CHRISTMAS },
	{ "noel", W_FEAST, F_CHRISTMAS }, { "navidad", W_FEAST, F_CHRISTMAS },
	{ "natale", W_FEAST, F_CHRISTMAS }, { "natal", W_FEAST, F_CHRISTMAS },
	{ "kerst", W_FEAST, F_CHRISTMAS },
	{ "thanksgiving", W_FEAST, F_THANKSGIVING },
	{ "diesen", W_THIS, 0 }, { "dieser", W_THIS, 0 }, { "ce", W_THIS, 0 },
	{ "cet", W_THIS, 0 }, { "cette", W_THIS, 0 }, { "este", W_THIS, 0 },
	{ "esta", W_THIS, 0 }, { "questo", W_THIS, 0 }, { "quest", W_THIS, 0 },
	{ "questa", W_THIS, 0 }, { "deze", W_THIS, 0 }, { "dit", W_THIS, 0 },
	{ "nachster", W_NEXT, 0 }, { "nachste", W_NEXT, 0 },
	{ "nachstem", W_NEXT, 0 }, { "kommenden", W_NEXT, 0 },
	{ "kommendes", W_NEXT, 0 }, { "kommender", W_NEXT, 0 },
	{ "kommende", W_NEXT, 0 }, { "prochain", W_NEXT, 0 },
	{ "prochaine", W_NEXT, 0 }, { "proximo", W_NEXT, 0 },
	{ "proxima", W_NEXT, 0 }, { "prossimo", W_NEXT, 0 },
	{ "prossima", W_NEXT, 0 }, { "volgend", W_NEXT, 0 },
	{ "volgende", W_NEXT, 0 }, { "komend", W_NEXT, 0 },
	{ "komende", W_NEXT, 0 }, { "viene", W_NEXT, 0 }, { "vem", W_NEXT, 0 },
	/* the next, but of a year, which may be any day of it */
	{ "neuen", W_NEW, 0 }, { "neues", W_NEW, 0 }, { "neue", W_NEW, 0 },
	{ "final", W_END, 0 }, { "finales", W_END, 0 }, { "fine", W_END, 0 },
	{ "fim", W_END, 0 }, { "eind", W_END, 0 }, { "einde", W_END, 0 },
	{ "konce", W_END, 0 }, { "konca", W_END, 0 },
	{ "debut", W_EARLY, 0 }, { "principios", W_EARLY, 0 },
	{ "comienzos", W_EARLY, 0 }, { "inizio", W_EARLY, 0 },
	{ "inizi", W_EARLY, 0 }, { "inicio", W_EARLY, 0 },
	{ "inicios", W_EARLY, 0 }, { "comeco", W_EARLY, 0 },
	{ "begin", W_EARLY, 0 },
	{ "mi", W_MID, 0 }, { "mediados", W_MID, 0 }, { "meta", W_MID, 0 },
	{ "meados", W_MID, 0 }, { "midden", W_MID, 0 },
	{ "nothing", W_NOT, 0 }, { "pas", W_NOT, 0 }, { "niet", W_NOT, 0 },
	{ "non", W_NOT, 0 }, { "nao", W_NOT, 0 }, { "nichts", W_NOT, 0 },
	{ "rien", W_NOT, 0 }, { "nada", W_NOT, 0 }, { "niente", W_NOT, 0 },
	{ "niets", W_NOT, 0 },
	{ "before", W_BEFORE, 0 }, { "vor", W_BEFORE, 0 },
	{ "avant", W_BEFORE, 0 }, { "antes", W_BEFORE, 0 },
	{ "prima", W_BEFORE, 0 }, { "voor", W_BEFORE, 0 },
	{ "nach", W_AFTER, 0 }, { "apres", W_AFTER, 0 },
	{ "despues", W_AFTER, 0 }, { "dopo", W_AFTER, 0 },
	{ "depois", W_AFTER, 0 }, { "na", W_AFTER, 0 },
	{ "der", W_THE, 0 }, { "die", W_THE, 0 }, { "das", W_THE, 0 },
	{ "den", W_THE, 0 }, { "dem", W_THE, 0 }, { "des", W_THE, 0 },
	{ "le", W_THE, 0 }, { "la", W_THE, 0 }, { "les", W_THE, 0 },
	{ "el", W_THE, 0 }, { "los", W_THE, 0 }, { "las", W_THE, 0 },
	{ "il", W_THE, 0 }, { "lo", W_THE, 0 }, { "os", W_THE, 0 },
	{ "het", W_THE, 0 }, { "rentree", W_THE, 0 },
	{ "de", W_OF, 0 }, { "di", W_OF, 0 }, { "du", W_OF, 0 },
	{ "del", W_OF, 0 }, { "della", W_OF, 0 }, { "dell", W_OF, 0 },
	{ "do", W_OF, 0 }, { "da", W_OF, 0 }, { "von", W_OF, 0 },
	{ "vom", W_OF, 0 }, { "van", W_OF, 0 }, { "que", W_OF, 0 },
	{ "che", W_OF, 0 },
	{ "oder", W_RANGE, 0 }, { "ou", W_RANGE, 0 }, { "o", W_RANGE, 0 },
	{ "erstes", W_ORDINAL, 1 }, { "ersten", W_ORDINAL, 1 },
	{ "erste", W_ORDINAL, 1 }, { "premier", W_ORDINAL, 1 },
	{ "primer", W_ORDINAL, 1 }, { "primero", W_ORDINAL, 1 },
	{ "primo", W_ORDINAL, 1 }, { "primeiro", W_ORDINAL, 1 },
	{ "eerste", W_ORDINAL, 1 }, { "zweites", W_ORDINAL, 2 },
	{ "zweiten", W_ORDINAL, 2 }, { "zweite", W_ORDINAL, 2 },
	{ "deuxieme", W_ORDINAL, 2 }, { "segundo", W_ORDINAL, 2 },
	{ "secondo", W_ORDINAL, 2 }, { "tweede", W_ORDINAL, 2 },
	{ "drittes", W_ORDINAL, 3 }, { "dritten", W_ORDINAL, 3 },
	{ "dritte", W_ORDINAL, 3 }, { "troisieme", W_ORDINAL, 3 },
	{ "tercer", W_ORDINAL, 3 }, { "tercero", W_ORDINAL, 3 },
	{ "terzo", W_ORDINAL, 3 }, { "terceiro", W_ORDINAL, 3 },
	{ "derde", W_ORDINAL, 3 }, { "viertes", W_ORDINAL, 4 },
	{ "vierten", W_ORDINAL, 4 }, { "vierte", W_ORDINAL, 4 },
	{ "quatrieme", W_ORDINAL, 4 }, { "cuarto", W_ORDINAL, 4 },
	{ "quarto", W_ORDINAL, 4 }, { "vierde", W_ORDINAL, 4 },
	{ "halben", W_HWORD, 0 }, { "halbes", W_HWORD, 0 },
	{ "halbe", W_HWORD, 0 }, { "demi", W_HWORD, 0 },
	{ "medio", W_HWORD, 0 }, { "mezzo", W_HWORD, 0 },
	{ "meio", W_HWORD, 0 },
};

/* What may be joined to a number: 1st, 1er, 1e, 1o. */
static bool
ordinal(const char *end)
{
	static const char *const ends[] = { "", "st", "nd", "rd", "th", "er",
		"e", "o", "a" };
	size_t i;

	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (strcmp(end, ends[i]) == 0)
			return (true);
	return (false);
}

static void
know(struct fu_timeline_word *w)
{
	size_t i, len = strlen(w->text), digits;
	char *s = (char *)w->text, *end;

	w->what = W_OTHER;
	digits = strspn(s, "0123456789");
	if (len > 0 && s[len - 1] == '+') {
		w->plus = true;
		s[--len] = '\0';
	}
	/* 2026-09-30, 2026-09, 30/09/2026, 9/2026: kept whole for date() */
	if (digits > 0 && strspn(s, "0123456789-/.") == len &&
	    strpbrk(s, "-/.") != NULL) {
		w->what = W_DATE;
		return;
	}
	if (digits > 0 && digits <= 4) {
		w->value = (int)strtol(s, &end, 10);
		w->digits = (int)digits;
		if (ordinal(end))
			w->what = W_NUMBER;
		else if ((end[0] == 'q' || end[0] == 't') && w->value >= 1 && w->value <= 4)
			w->what = W_QUARTER;	/* 3q, 3q26 */
		else if (end[0] == 'h' && w->value >= 1 && w->value <= 2 &&
		    end[1] != '\0' && end[1] >= '0' && end[1] <= '9')
			w->what = W_HALF;	/* 2h26 */
		return;
	}
	/* T2 and S1 are the quarter and the half of French, Spanish, ... */
	if (strchr("qhts", s[0]) != NULL && len == 2 && s[1] >= '1' &&
	    s[1] <= (s[0] == 'q' || s[0] == 't' ? '4' : '2')) {
		w->what = s[0] == 'q' || s[0] == 't' ? W_QUARTER : W_HALF;
		w->value = s[1] - '0';
		return;
	}
	if (strncmp(s, "fy", 2) == 0 && strspn(s + 2, "0123456789") == len - 2) {
		w->what = W_FISCAL;
		w->value = atoi(s + 2);
		w->digits = (int)len - 2;
		return;
	}
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].text, s) == 0) {
			w->what = words[i].what;
			w->value = words[i].value;
			return;
		}
}

/*
 * Words are runs of letters and digits; a number is parted from the unit that
 * is joined to it ("6m", "3q26"), a dash between two numbers is a range but
 * in a date.  The text is lower case.
 */
static bool
word_byte(char c)
{

	return ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	    (unsigned char)c >= 0x80);
}

static bool
digit(char c)
{

	return (c >= '0' && c <= '9');
}

/* The length of a date written in digits at ${s}, or 0. */
static size_t
date_len(const char *s)
{
	size_t len = strspn(s, "0123456789-/."), i, marks = 0, year = 0, run;

	while (len > 0 && !digit(s[len - 1]))
		len--;
	for (i = 0; i < len; i += run) {
		run = strspn(s + i, "0123456789");
		if (run == 0) {
			marks++;
			run = 1;
		} else if (run == 4)
			year++;
		else if (run > 2)
			return (0);
	}
	if (word_byte(s[len]) && s[len] != 't')
		return (0);	/* "3-6m" */
	if (marks == 2 || (marks == 1 && year == 1) ||
	    (marks == 1 && memchr(s, '/', len) != NULL))
		return (len);
	return (0);
}

/* "15.3" behind one of these is a day and a month, else it is a number. */
static size_t
day_month_len(const char *s, const char *before)
{
	static const char *const by[] = { "am", "zum", "bis", "ab", "vor",
		"spatestens", "dem" };
	size_t day = strspn(s, "0123456789"), month, i;

	for (i = 0; i < sizeof(by) / sizeof(by[0]); i++)
		if (strcmp(by[i], before) == 0)
			break;
	if (i == sizeof(by) / sizeof(by[0]) || day > 2 || s[day] != '.')
		return (0);
	month = strspn(s + day + 1, "0123456789");
	if (month == 0 || month > 2 || word_byte(s[day + 1 + month]))
		return (0);
	return (day + 1 + month);
}

/* "KW 12", "KW12/2027": its length at ${s}, and what it is kept as. */
static size_t
week_len(const char *s, char *out)
{
	static const char *const names[] = { "kalenderwoche", "kw", "cw" };
	size_t i, len, n, year = 0;

	for (i = 0; i < 3; i++)
		if (strncmp(s, names[i], strlen(names[i])) == 0)
			break;
	if (i == 3)
		return (0);
	len = strlen(names[i]);
	len += strspn(s + len, " .");
	n = strspn(s + len, "0123456789");
	if (n == 0 || n > 2)
		return (0);
	if ((s[len + n] == '/' || s[len + n] == ' ') &&
	    strspn(s + len + n + 1, "0123456789") == 4)
		year = 5;
	snprintf(out, 10, "kw%.*s%s%.*s", (int)n, s + len, year > 0 ? "/" : "",
	    year > 0 ? 4 : 0, s + len + n + 1);
	return (len + n + year);
}

size_t
fu_timeline_words(char *text, char *room, struct fu_timeline_word *word)
{
	char *p = text, *out = room;
	size_t len, n = 0;

	while (*p != '\0' && n < FU_TIMELINE_WORDS &&
	    (size_t)(out - room) + strlen(p) + 2 < 2 * FU_TIMELINE_TEXT) {
		struct fu_timeline_word *w = &word[n];

		/* a typographic apostrophe is three bytes, none a word's */
		if (strncmp(p, "\xe2\x80\x99", 3) == 0)
			*(p += 2) = '\'';
		/* the article of "l'estate", "fin d'annee" */
		if ((*p == 'l' || *p == 'd') && (p[1] == '\'' ||
		    strncmp(p + 1, "\xe2\x80\x99", 3) == 0) &&
		    (p == text || !word_byte(p[-1]))) {
			p += p[1] == '\'' ? 2 : 4;
			continue;
		}
		w->short_year = digit(*p) && p > text && p[-1] == '\'';
		if ((p == text || !word_byte(p[-1])) &&
		    (len = week_len(p, out)) > 0) {
			w->text = out;
			w->what = W_DATE;
			out += strlen(out) + 1;
			p += len;
			n++;
			continue;
		}
		if (digit(*p) && ((len = date_len(p)) > 0 ||
		    (len = day_month_len(p, n > 0 ? word[n - 1].text :
		    "")) > 0)) {
			;
		} else if (digit(*p)) {
			len = strspn(p, "0123456789");
			if (p[len] == '+' || p[len] == 'q')
				len++;
			else if ((p[len] == 's' || p[len] == 'n' ||
			    p[len] == 'r' || p[len] == 't') &&
			    word_byte(p[len + 1]) && !word_byte(p[len + 2]))
				len += 2;	/* 1st 2nd 3rd 4th */
			else if (p[len] == 'e' && p[len + 1] == 'r' &&
			    !word_byte(p[len + 2]))
				len += 2;	/* 1er */
			else if ((p[len] == 'e' || p[len] == 'o' ||
			    p[len] == 'a' || p[len] == 't') &&
			    !word_byte(p[len + 1]))
				len++;		/* 1e 1o 1a, 3T */
			else if (p[len] == 'h' && digit(p[len + 1]))
				len++;
		} else if (word_byte(*p)) {
			for (len = 1; word_byte(p[len]); len++)
				;
			/* q326, h2/27, t2: the digit belongs to the letter */
			if (strchr("qhts", *p) != NULL && digit(p[1]))
				len = 2;
			else if (!(p[0] == 'f' && p[1] == 'y'))
				len = strcspn(p, "0123456789") < len ?
				    strcspn(p, "0123456789") : len;
		} else {
			if (*p == '-' || *p == '>') {
				w->text = *p == '-' ? "-" : ">";
				w->what = *p == '-' ? W_RANGE : W_OVER;
				n++;
			}
			p++;
			continue;
		}
		memcpy(out, p, len);
		out[len] = '\0';
		w->text = out;
		know(w);
		/* "un an", "2 ans" in French; English "an" stands before */
		if (strcmp(out, "an") == 0 && n > 0 &&
		    (word[n - 1].what == W_NUMBER ||
		    strcmp(word[n - 1].text, "un") == 0)) {
			w->what = W_UNIT;
			w->value = U_YEAR;
		}
		if (w->what == W_OTHER && w->digits > 0 && out[len - 1] == 'h')
			w->what = W_HALF;
		out += len + 1;
		p += len;
		n++;
	}
	return (n);
}
