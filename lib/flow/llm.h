/*
 * A language model of the operator's, by OpenAI's protocol, which others speak
 * too: asked once for one paragraph, whose words are checked.
 *
 * Whatever fails, there is an answer: that there is none, and why.  Waits on
 * the network: must be in no transaction.
 */
#ifndef FU_FLOW_LLM_H
#define FU_FLOW_LLM_H

#include "content/phrased.h"
#include "content/prompt.h"
#include "flow/endpoint.h"

/* So many failures one behind the other end it for the run. */
#define FU_LLM_FAILURES 3
/* So long does a run wait for it in all: half of a claim's lease. */
#define FU_LLM_WAIT_US (5 * FU_MINUTE)

struct fu_llm {
	struct fu_session *s;
	struct fu_server at;
	int failures; /* one behind the other */
	int64_t waited_us;
	const char *off; /* why nothing is asked any more */
	struct fu_terms *terms;
	struct fu_list noise, promises;
};

struct fu_llm_in {
	const char *prompt;		/* "insight": of prompts/ */
	const struct fu_sender *sender; /* who speaks, or NULL */
	const char *language;		/* or NULL: the sources' */
	const struct fu_prompt_source *source, *history;
	size_t nsource, nhistory;
	struct fu_list names; /* see content/phrased.h */
	struct fu_phrased_limits limits;
};

struct fu_llm_out {
	const char *text;	     /* NULL: fall back */
	const char *reason, *detail; /* then: why */
	const char *told;	     /* JSON object for the trail; or NULL */
};

/*
 * fu_llm_open(session, llm): what fu.yaml's "llm:" says.  False when it names
 * none, or none that may be asked, of which a note is made: a rehearsal talks
 * to this machine alone.
 *
 * fu_llm_phrase(llm, in, arena, out):
 * Ask, and check what comes.  True with out->text; else false, with the reason:
 * one of content/phrased.h's or content/completion.h's, or
 *	endpoint	no answer in time, or one with a status other than 200
 *	time		the run has waited long enough
 *	off		it has failed too often in this run, of which a note
 *			is made once
 *	prompt		its file is not there, or wrong
 */
bool fu_llm_open(struct fu_session *, struct fu_llm *);
void fu_llm_close(struct fu_llm *);
bool fu_llm_phrase(struct fu_llm *, const struct fu_llm_in *, struct fu_arena *,
    struct fu_llm_out *);

#endif
