/*
 * Weak words: those that questions are made of, whatever they are about.
 *
 * They are looked for like any other word, but whether a passage has them says
 * little of whether it answers.  General verbs, adverbs and nouns alone; never
 * a word of a trade.
 */
#include "content/terms_stop.h"

const char *const fu_weak_words[FU_TONGUE_NONE] = {
[FU_TONGUE_EN] =
    "able actually add allow already always anyway ask asked available back "
    "become believe best better big bit bring call called came case come comes "
    "common consider currently day days deal different difference easy end "
    "enough even exactly example examples exist exists expect explain far fast "
    "feel find fine first follow found full gave general get gets getting give "
    "given gives go goes going good got great guess guys handle happen happened "
    "happens hard hear hello help here hey hi hope idea important include "
    "including interested interesting involve involved keep kind know known lack "
    "last later least less let like likely little live long look looking looks "
    "lot lots made main make makes making many matter maybe mean means mention "
    "mind minute moment need needed needs never new next nice now number obtain "
    "offer often ok okay old one ones open part people perhaps person place "
    "point possible possibly present previous probably problem provide put "
    "question questions quick quickly quit quite read real really reason regard "
    "related right run said saw say says see seem seen send sent several show "
    "side similar simple soon sorry sort start started still stop sure take "
    "taken talk tell thank thanks thing things think thought time times today "
    "together told tomorrow took total tried true try trying two type understand "
    "use used useful using usual usually various want wanted wants way ways week "
    "well went whole wish wonder wondering word work working works write wrong "
    "yes yesterday",
[FU_TONGUE_DE] =
    "allgemein andern anfang angebot antwort arbeit bekommen beispiel besser best "
    "bestimmt bisher bitte braucht brauchen brauche bringen danke denken eben "
    "eigentlich einfach ende erklären erste ersten fall finden findet frage fragen "
    "funktioniert geben gehen geht genau genug gerade gern gibt gilt groß gut gute "
    "guten habt hallo halten heute hilft immer interesse kennen klar klein kommen "
    "kommt kurz lang lange lassen leider letzte lieber liegt läuft machen macht mal "
    "mehr meinen meist melden menschen morgen möglich nehmen neu neue nie nächste "
    "oft paar problem recht richtig sache sagen schnell schreiben sehen sicher "
    "später stehen stellen tag tage teil termin tun unterschied verstehen "
    "verwenden vielleicht vielen wann wichtig wissen woche zeigen zeit ziemlich "
    "zurück zusammen",
[FU_TONGUE_FR] =
    "aider aller ans appel arrive assez aujourd autour beaucoup besoin bon bonjour "
    "bonne cas certain chose choses cherche cherchez chercher clair comprendre "
    "connaître coup demain demande demander devoir dire dit donner différence "
    "différent déjà envoyer exactement exemple expliquer façon faut fin "
    "fonctionne fois gens grand heure hier hui important intéressé jamais jour "
    "jours laisser lieu longtemps maintenant marche merci mettre moment monde "
    "mot message nombre nouveau obtenir parler partie passe petit peu plusieurs plus "
    "possible pouvoir premier prendre problème proposer proposez question "
    "questions quelque rendre reste réponse savoir semaine seulement simple "
    "souvent suite sûr temps toujours travail trouve trouver type utiliser utilise "
    "venir vite voir vouloir veux voulez vraiment",
[FU_TONGUE_ES] =
    "ahora algunas alguna ayer ayuda ayudar bien bueno buenas buenos caso claro "
    "cosa cosas cierto comprender creo cuenta dar decir deja dejar demasiado dia "
    "diferencia diferente dice ejemplo empezar encontrar enviar entender entonces "
    "exactamente explicar falta fin forma funciona gente gracias gran hola hora "
    "hoy igual importante interesa interesado ir jamás largo llama llamar llegar "
    "luego lugar mañana manera mejor mensaje momento necesita necesito necesitamos "
    "nuevo nunca número ofrecen ofrece pasa pasar parte pedir persona pensar poder "
    "poner posible pregunta preguntas primero problema pronto quiere quiero queda "
    "realmente respuesta rápido saber semana siempre siguiente simple tal tarde "
    "tiempo tipo tomar trabajo trabajar usar usan uso vamos ver veces vez vida",
[FU_TONGUE_IT] =
    "abbastanza adesso aiuto aiutare andare anno anni bene bisogno buongiorno "
    "capire caso certo chiaro chiedere ciao cosa cose dare davvero detto dire "
    "differenza diverso domanda domande domani esempio esattamente fine forma "
    "funziona gente giorno giorni già grande grazie ieri importante interessato "
    "lavoro luogo mai mandare meglio mettere messaggio modo molto momento nuovo "
    "numero offrire offrite oggi ora parlare parte passare persona piccolo "
    "possibile potere primo problema prossimo qualcosa risposta sapere sempre "
    "serve settimana semplice sicuro spesso spiegare subito tanto tempo tipo "
    "trovare usare uso vedere veloce venire veramente volta vogliamo vorrei voglio",
[FU_TONGUE_PT] =
    "agora ainda ajuda ajudar algum alguma antes aqui bem boa bom caso certo claro "
    "coisa coisas dar dia dias diferente diferença dizer encontrar entender então "
    "enviar exatamente exemplo explicar falar fim forma funciona funcionam gente "
    "grande hoje hora importante interesse ir lugar lá maneira melhor mensagem "
    "momento nada necessário novo nunca número obrigado oferecem oferece olá ontem "
    "parte passar pessoa pessoas perguntar pergunta perguntas possível precisa "
    "precisamos preciso primeiro problema próximo quero quer querem rápido "
    "realmente resposta saber semana sempre simples sim tanto tarde tempo tipo "
    "tomar trabalho usar uso vamos ver vez vezes vida",
[FU_TONGUE_NL] =
    "af beetje begin begrijpen bedankt beter best bijna bieden binnenkort brengen "
    "dag dagen deel denken direct ding dingen doel doet duidelijk echt eigenlijk "
    "eind enkele erg even gaan gaat gebruiken gebruik gebruikt geef geeft genoeg "
    "geval geven goed goede graag groot helpen helpt hallo houden interesse juist "
    "keer kennen klein klopt komen komt krijgen kort laatste laat lang later laten "
    "leuk maken maakt manier mensen minder moment mogelijk morgen naam nieuw nieuwe "
    "nodig nooit nummer paar persoon plaats precies probleem reactie snel soms "
    "soort stellen sturen steeds tijd uitleggen vaak vandaag vast verschil "
    "vertellen vinden vindt volgende voorbeeld vraag vragen werk werken werkt week "
    "weten willen wilt weg zaak zeggen zeker zien zoeken",
[FU_TONGUE_DA] = "", [FU_TONGUE_SV] = "", [FU_TONGUE_NO] = "",
[FU_TONGUE_FI] = "",
};
