/* Scoring, fusion, one passage a document, ties, and what is not answered. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "content/answerable.h"

/* A passage of the terms 1, 2, ... whose counts are given, 0 for none. */
static void
add(struct fu_shelf *s, int64_t passage, int64_t document,
    const unsigned *count, size_t n, const float *vector)
{
	uint32_t	 word[16];
	size_t		 k = 0;
	float		 length = 0;

	for (uint32_t i = 0; i < n; i++) {
		if (count[i] > 0)
			word[k++] = FU_PACK(i + 1, count[i]);
		length += (float)count[i];
	}
	fu_shelf_add(s, passage, document, (struct fu_str){
	    (const char *)word, k * sizeof(*word) }, length, (struct fu_str){
	    (const char *)vector, vector == NULL ? 0 :
	    s->rank * sizeof(*vector) });
}

static struct fu_query
query(struct fu_asked *asked, size_t n)
{
	return ((struct fu_query){ .asked = asked, .n = n });
}

static void
test_words(void **state)
{
	static const unsigned	 rare[] = { 1, 1, 0 }, often[] = { 0, 1, 1 },
	    twice[] = { 0, 2, 1 };
	struct fu_asked		 asked[] = { { 1, 1, 0, false, 0 },
	    { 2, 1, 0, false, 0 }, { FU_TERM_NONE, 1, 0, false, 0 } };
	struct fu_query		 q = query(asked, 3);
	struct fu_shelf		 s;
	struct fu_hit		 hit[4];

	(void)state;
	fu_shelf_init(&s, 0);
	add(&s, 10, 1, often, 3, NULL);
	add(&s, 11, 2, rare, 3, NULL);
	add(&s, 12, 2, twice, 3, NULL);
	add(&s, 13, 3, often, 3, NULL);
	fu_shelf_end(&s);
	fu_query_weigh(&s, &q);
	/* idf as in Robertson's, never negative; unknown is rarest. */
	assert_true(fabs((double)q.asked[0].rarity - log(1 + 3.5 / 1.5)) <
	    1e-5);
	assert_true(fabs((double)q.asked[1].rarity - log(1 + 0.5 / 4.5)) <
	    1e-5);
	assert_true(q.asked[2].rarity > q.asked[0].rarity);
	assert_int_equal(fu_shelf_search(&s, &q, 4, true, hit), 4);
	assert_int_equal(s.item[hit[0].item].passage, 11);
	assert_true(hit[0].score == 1);
	/* Equal ones come in order of passage. */
	assert_int_equal(s.item[hit[1].item].passage, 12);
	assert_int_equal(s.item[hit[2].item].passage, 10);
	assert_int_equal(s.item[hit[3].item].passage, 13);
	/* One of each document, its best. */
	assert_int_equal(fu_shelf_search(&s, &q, 4, false, hit), 3);
	assert_int_equal(s.item[hit[0].item].passage, 11);
	assert_int_equal(s.item[hit[1].item].passage, 10);
	assert_int_equal(fu_shelf_search(&s, &q, 1, false, hit), 1);
	/* What is not there is not found. */
	q = query(asked + 2, 1);
	fu_query_weigh(&s, &q);
	assert_int_equal(fu_shelf_search(&s, &q, 4, false, hit), 0);
	fu_shelf_free(&s);
}

static void
fill(struct fu_shelf *s, size_t n)
{
	static const unsigned	 none[] = { 0, 0, 1 }, said[] = { 1, 0, 1 };
	float			 away[2] = { 0, 1 }, near[2] = { 1, 0 };

	fu_shelf_init(s, 2);
	for (size_t i = 0; i + 2 < n; i++)
		add(s, (int64_t)i, (int64_t)i, none, 3, away);
	add(s, 1000, 1000, said, 3, away);
	add(s, 1001, 1001, none, 3, near);
	fu_shelf_end(s);
}

/* One that shares no word but means the same is found among a hundred. */
static void
test_meaning(void **state)
{
	struct fu_asked	 asked[] = { { 1, 1, 0, false, 0 } };
	struct fu_query	 q = query(asked, 1);
	struct fu_shelf	 s;
	struct fu_hit	 hit[4];
	float		 vector[2] = { 1, 0 };

	(void)state;
	fill(&s, FU_MEANING_LEAST);
	q.vector = vector;
	q.within = 0.8f;
	fu_query_weigh(&s, &q);
	assert_int_equal(fu_shelf_search(&s, &q, 4, false, hit), 2);
	assert_int_equal(s.item[hit[0].item].passage, 1001);
	assert_int_equal(s.item[hit[1].item].passage, 1000);
	/* Of a query that the basis hardly holds, words come first. */
	q.within = 0.2f;
	assert_int_equal(fu_shelf_search(&s, &q, 4, false, hit), 2);
	assert_int_equal(s.item[hit[0].item].passage, 1000);
	fu_shelf_free(&s);
	/* Below a hundred passages there are words alone, to the digit. */
	fill(&s, FU_MEANING_LEAST - 1);
	fu_query_weigh(&s, &q);
	assert_int_equal(fu_shelf_search(&s, &q, 4, false, hit), 1);
	assert_int_equal(s.item[hit[0].item].passage, 1000);
	assert_true(hit[0].score == 1);
	fu_shelf_free(&s);
}

static void
test_answerable(void **state)
{
	static const unsigned	 other[] = { 0, 0, 0, 1 }, about[] = { 3, 0,
	    0, 1 }, common[] = { 0, 0, 1, 1 };
	struct fu_asked		 known = { 1, 1, 0, false, 0 };
	struct fu_asked		 part[] = { { 1, 1, 0, false, 0 },
	    { FU_TERM_NONE, 1, 0, false, 0 }, { FU_TERM_NONE, 1, 0, false, 0 },
	    { FU_TERM_NONE, 1, 0, false, 0 }, { FU_TERM_NONE, 1, 0, false, 0 } };
	struct fu_asked		 weak[] = { { 1, 1, 0, false, 0 },
	    { FU_TERM_NONE, 1, 0, true, 0 }, { FU_TERM_NONE, 1, 0, true, 0 } };
	struct fu_asked		 vague = { 3, 1, 0, true, 0 };
	struct fu_query		 q;
	struct fu_shelf		 s;
	struct fu_hit		 hit[1];

	(void)state;
	fu_shelf_init(&s, 0);
	for (int i = 0; i < 20; i++)
		add(&s, i, i, i % 2 == 0 ? other : common, 4, NULL);
	add(&s, 100, 100, about, 4, NULL);
	fu_shelf_end(&s);

	q = query(&known, 1);
	fu_query_weigh(&s, &q);
	assert_int_equal(fu_shelf_search(&s, &q, 1, false, hit), 1);
	assert_true(fu_answerable(&s, &q, hit) >= 0.9);
	/* One word of five that matter. */
	q = query(part, 5);
	fu_query_weigh(&s, &q);
	assert_int_equal(fu_shelf_search(&s, &q, 1, false, hit), 1);
	assert_true(fu_answerable(&s, &q, hit) < FU_ANSWERABLE);
	/* Words of questions do not matter. */
	q = query(weak, 3);
	fu_query_weigh(&s, &q);
	assert_int_equal(fu_shelf_search(&s, &q, 1, false, hit), 1);
	assert_true(fu_answerable(&s, &q, hit) >= FU_ANSWERABLE);
	/* Nor does finding one that half of all passages have. */
	q = query(&vague, 1);
	fu_query_weigh(&s, &q);
	assert_int_equal(fu_shelf_search(&s, &q, 1, false, hit), 1);
	assert_true(fu_answerable(&s, &q, hit) < FU_ANSWERABLE);
	q = query(NULL, 0);
	assert_true(fu_answerable(&s, &q, hit) == 0);
	fu_shelf_free(&s);
}

/* Another word stands in for the query's own, and adds nothing to it. */
static void
test_others(void **state)
{
	static const unsigned	 own[] = { 1, 0, 0, 1 }, other[] = { 0, 1, 0,
	    1 }, both[] = { 1, 1, 0, 0 }, none[] = { 0, 0, 1, 1 };
	struct fu_asked		 asked = { 1, 1, 0, false, 1 };
	struct fu_other		 ways[] = { { .concept = 1, .term = { 2 },
	    .n = 1 }, { .concept = 1, .term = { 2, 3 }, .n = 2 } };
	struct fu_query		 q = { .asked = &asked, .n = 1, .other = ways,
	    .nother = 2, .nconcept = 1 };
	struct fu_shelf		 s;
	struct fu_hit		 hit[8];
	float			 score[8];

	(void)state;
	fu_shelf_init(&s, 0);
	add(&s, 1, 1, own, 4, NULL);
	add(&s, 2, 2, other, 4, NULL);
	add(&s, 3, 3, both, 4, NULL);
	for (int i = 4; i < 8; i++)
		add(&s, i, i, none, 4, NULL);
	fu_shelf_end(&s);
	fu_query_weigh(&s, &q);
	assert_true(ways[0].rarity[0] == asked.rarity);
	/* A commoner word is no rarer for standing in. */
	assert_true(ways[1].rarity[1] < asked.rarity);
	assert_true(fu_shelf_words(&s, &q, score) == score[0]);
	assert_true(score[2] == score[0]);
	assert_true(fabs((double)(score[1] - score[0] * FU_OTHER_SHARE)) <
	    1e-5);
	/* A part of a phrase, a quarter of a commoner word's weight. */
	assert_true(score[3] > 0 && score[3] < score[1] / 2);
	assert_int_equal(fu_shelf_search(&s, &q, 8, false, hit), 7);
	assert_int_equal(s.item[hit[2].item].passage, 2);
	assert_true(fu_answerable(&s, &q, &hit[2]) > 0);
	assert_true(fu_answerable(&s, &q, &hit[2]) <
	    fu_answerable(&s, &q, &hit[0]));
	/* Half of a phrase covers nothing. */
	assert_true(fu_answerable(&s, &q, &hit[3]) == 0);
	fu_shelf_free(&s);
}

/* Of two that say a word alike, the one whose document says the rest. */
static void
test_around(void **state)
{
	static const unsigned	 first[] = { 1, 0, 1 }, second[] = { 0, 1, 1 },
	    other[] = { 0, 0, 2 };
	struct fu_asked		 asked[] = { { 1, 1, 0, false, 0 },
	    { 2, 1, 0, false, 0 } };
	struct fu_query		 q = query(asked, 2);
	struct fu_shelf		 s;
	float			 score[8], alone;

	(void)state;
	fu_shelf_init(&s, 0);
	add(&s, 1, 1, first, 3, NULL);
	add(&s, 2, 2, first, 3, NULL);
	add(&s, 3, 2, second, 3, NULL);
	add(&s, 4, 2, other, 3, NULL);
	add(&s, 5, 3, first, 3, NULL);
	add(&s, 6, 3, other, 3, NULL);
	fu_shelf_end(&s);
	fu_query_weigh(&s, &q);
	fu_shelf_words(&s, &q, score);
	assert_true(score[1] > score[0]);
	/* Saying it oneself is more; who says no word has nothing. */
	assert_true(score[1] < score[0] + score[2]);
	assert_true(score[3] == 0 && score[5] == 0);
	/* Where the rest says nothing of it, all is as if there were none. */
	alone = score[0];
	assert_true(score[4] == alone);
	fu_shelf_free(&s);
}

/* The best of each document; what is not wanted is not there. */
static void
test_rate(void **state)
{
	static const unsigned	 once[] = { 1, 0, 2 }, twice[] = { 2, 0, 1 },
	    none[] = { 0, 0, 1 };
	struct fu_asked		 asked = { 1, 1, 0, false, 0 };
	struct fu_query		 q = query(&asked, 1);
	bool			 unwanted[4] = { false, true, false, true };
	struct fu_shelf		 s;
	struct fu_hit		 hit[4];

	(void)state;
	fu_shelf_init(&s, 0);
	add(&s, 1, 10, none, 3, NULL);
	add(&s, 2, 20, once, 3, NULL);
	add(&s, 3, 20, twice, 3, NULL);
	add(&s, 4, 30, once, 3, NULL);
	add(&s, 5, 40, twice, 3, NULL);
	fu_shelf_end(&s);
	fu_query_weigh(&s, &q);
	fu_shelf_rate(&s, &q, hit);
	assert_true(hit[0].score == 0);
	assert_true(hit[1].score == 1);
	assert_int_equal(s.item[hit[1].item].passage, 3);
	assert_true(hit[2].score > 0 && hit[2].score < hit[3].score);
	q.unwanted = unwanted;
	fu_shelf_rate(&s, &q, hit);
	assert_true(hit[1].score == 0 && hit[3].score == 0);
	assert_true(hit[2].score == 1);
	assert_int_equal(fu_shelf_search(&s, &q, 4, true, hit), 1);
	assert_int_equal(s.item[hit[0].item].passage, 4);
	fu_shelf_free(&s);
}

/* A word of the title weighs by the title's length, whatever the text's; and
 * as much as one of a heading or of a way of asking. */
static void
test_heads(void **state)
{
	static const uint32_t	 in[] = { FU_IN_TITLE, FU_IN_HEADING,
	    FU_IN_ASKED };
	struct fu_asked		 asked = { 1, 1, 0, false, 0 };
	struct fu_query		 q = query(&asked, 1);

	(void)state;
	for (int h = 0; h < FU_HEADS; h++) {
		/* Few words below a long head, and many below a short one. */
		unsigned	 few[] = { in[h], in[h], in[h], 1, 0 };
		unsigned	 many[] = { in[h], 0, 0, 4, 9 };
		struct fu_shelf	 s;
		struct fu_hit	 hit[2];

		fu_shelf_init(&s, 0);
		add(&s, 1, 1, few, 5, NULL);
		add(&s, 2, 2, many, 5, NULL);
		s.item[0].length = 1;
		s.item[1].length = 13;
		fu_shelf_end(&s);
		fu_query_weigh(&s, &q);
		assert_int_equal(fu_shelf_search(&s, &q, 2, false, hit), 2);
		assert_int_equal(s.item[hit[0].item].passage, 2);
		/* Twice, in one that is half as long as is usual. */
		assert_true(fabs((double)s.item[1].head[h] - 2 /
		    (0.25 + 0.75 / 2)) < 1e-5);
		fu_shelf_free(&s);
	}
	assert_int_equal(FU_PACKED_COUNT(FU_PACK(7, 3 | FU_IN_TITLE |
	    FU_IN_HEADING | FU_IN_ASKED)), 8);
	assert_int_equal(FU_PACKED_TEXT(FU_PACK(7, 3 | FU_IN_ASKED)), 3);
}

/* What goes by the question's own words comes first; a document's title is
 * each of its passages', a heading is one's alone. */
static void
test_names(void **state)
{
	static const unsigned	 both[] = { 1, 1 };
	/* "where from"; "where", as the whole document's; "how much, where" */
	static const uint32_t	 first[] = { 2, 5, 6 },
	    second[] = { 1 | FU_NAME_ALL, 5, 3, 5, 7, 8 },
	    broken[] = { 2, 5, 6, 9, 7 };
	static const uint32_t	 where[] = { 5 }, much[] = { 5, 7, 8 },
	    other[] = { FU_TERM_NONE };
	struct fu_asked		 asked = { 1, 1, 0, false, 0 };
	struct fu_query		 q = query(&asked, 1);
	struct fu_shelf		 s;
	struct fu_hit		 hit[3];
	float			 like[3];

	(void)state;
	fu_shelf_init(&s, 0);
	add(&s, 1, 1, both, 2, NULL);
	fu_shelf_name(&s, (struct fu_str){ (const char *)first,
	    sizeof(first) });
	add(&s, 2, 2, both, 2, NULL);
	fu_shelf_name(&s, (struct fu_str){ (const char *)second,
	    sizeof(second) });
	add(&s, 3, 2, both, 2, NULL);
	fu_shelf_end(&s);
	assert_int_equal(s.nname, 3);
	fu_query_weigh(&s, &q);
	q.name = where;
	q.nname = 1;
	assert_true(fu_shelf_names(&s, &q, like) > 0.999f);
	assert_true(like[1] > 0.999f && like[1] == like[2]);
	assert_true(like[0] > 0 && like[0] < 0.5f);
	assert_int_equal(fu_shelf_search(&s, &q, 3, true, hit), 3);
	assert_int_equal(s.item[hit[0].item].passage, 2);
	assert_true(hit[0].score == 1 && hit[0].name > 0.999f);
	assert_int_equal(s.item[hit[2].item].passage, 1);
	q.name = much;
	q.nname = 3;
	assert_true(fu_shelf_names(&s, &q, like) > 0.999f);
	assert_true(like[1] > 0.999f && like[2] < 0.5f);
	/* Nothing is called that; and words alone are as they were. */
	q.name = other;
	q.nname = 1;
	assert_true(fu_shelf_names(&s, &q, like) == 0);
	assert_int_equal(fu_shelf_search(&s, &q, 3, true, hit), 3);
	assert_true(hit[0].score == 1 && hit[0].name == 0);
	fu_shelf_free(&s);
	/* More terms than are there. */
	fu_shelf_init(&s, 0);
	add(&s, 1, 1, both, 2, NULL);
	fu_shelf_name(&s, (struct fu_str){ (const char *)broken,
	    sizeof(broken) });
	fu_shelf_end(&s);
	assert_int_equal(s.nname, 1);
	fu_shelf_free(&s);
}

static void
test_empty(void **state)
{
	struct fu_asked	 asked = { 1, 1, 0, false, 0 };
	struct fu_query	 q = query(&asked, 1);
	struct fu_shelf	 s;
	struct fu_hit	 hit[1];

	(void)state;
	fu_shelf_init(&s, 4);
	fu_shelf_end(&s);
	fu_query_weigh(&s, &q);
	assert_int_equal(fu_shelf_search(&s, &q, 1, false, hit), 0);
	fu_shelf_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_meaning),
		cmocka_unit_test(test_answerable),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_around),
		cmocka_unit_test(test_rate),
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_empty),
	};

	return (cmocka_run_group_tests_name("shelf", tests, NULL, NULL));
}
