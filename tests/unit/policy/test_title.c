/*
 * Seniority of titles: a table.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "policy/facts.h"

static void
titles(void **state)
{
	static const struct {
		const char	*title;
		int		 level;
	} table[] = {
		{ NULL, 0 }, { "", 0 }, { "  ", 0 }, { "-", 0 }, { "N/A", 0 },
		{ "Select", 0 }, { "Software Engineer", 1 },
		{ "Account Executive", 1 }, { "Product Owner", 1 },
		{ "HR Business Partner", 1 },
		{ "Lead Generation Specialist", 1 },
		{ "Assistant to the CEO", 1 },
		{ "Executive Assistant to VP", 1 },
		{ "Marketing Manager Intern", 1 }, { "Advisor to the CEO", 1 },
		{ "Channel Partner Specialist", 1 }, { "Ex-CEO", 0 },
		{ "Former VP at Acme, now Consultant", 1 },
		{ "Senior Developer", 2 }, { "Sr. Engineer", 2 },
		{ "Lead Engineer", 2 }, { "Marketing Manager", 3 },
		{ "Head of Growth", 3 }, { "Team Lead", 3 },
		{ "Senior Account Manager", 3 }, { "Director of Sales", 4 },
		{ "Associate Director", 4 }, { "Chief of Staff", 4 },
		{ "Director, reporting to CEO", 4 }, { "VP", 5 },
		{ "V.P. Sales", 5 }, { "VP of Engineering", 5 },
		{ "Senior Vice President, Marketing", 5 },
		{ "Vice-President", 5 }, { "SVP/GM", 5 }, { "CEO", 6 },
		{ "C.E.O.", 6 }, { "CEO & Founder", 6 }, { "Co-Founder", 6 },
		{ "Chief Revenue Officer", 6 }, { "Owner", 6 },
		{ "President", 6 }, { "Managing Director", 6 },
		{ "Managing Partner", 6 }, { "Partner", 6 },
		{ "Geschäftsführer", 6 }, { "GESCHÄFTSFÜHRERIN", 6 },
		{ "Assistenz der Geschäftsführung", 1 },
		{ "Vertriebsleiter", 3 }, { "Leiter Einkauf", 3 },
		{ "Prokurist", 4 }, { "Werkstudent", 1 }, { "PDG", 6 },
		{ "Directeur général", 6 }, { "Directrice marketing", 4 },
		{ "Responsable achats", 3 }, { "Chef de projet", 3 },
		{ "Vice-présidente", 5 }, { "Director general", 6 },
		{ "Gerente de ventas", 3 }, { "Consejero Delegado", 6 },
		{ "Jefa de compras", 3 }, { "Amministratore Delegato", 6 },
		{ "Direttore vendite", 4 }, { "Diretora de Marketing", 4 },
		{ "Eigenaar", 6 }, { "Prezes", 6 },
		{ "Генеральный директор", 6 }, { "代表取締役社長", 6 },
		{ "营销总监", 4 },
	};
	size_t i;
	int got, bad = 0;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if ((got = fu_title_seniority(table[i].title)) !=
		    table[i].level) {
			print_error("\"%s\": expected %d, got %d\n",
			    table[i].title, table[i].level, got);
			bad++;
		}
	assert_int_equal(bad, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(titles) };

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
