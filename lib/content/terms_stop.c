/*
 * Stop words: the words of a language that say nothing about a text's subject.
 *
 * Closed classes alone (articles, pronouns, prepositions, conjunctions,
 * auxiliaries, question words) and what an apostrophe cuts off; never a word
 * that somebody could look for.
 */
#include "content/terms_stop.h"

const char *const fu_stop_words[FU_TONGUE_NONE] = {
[FU_TONGUE_EN] =
    "a about above after again against all also although am among an and any "
    "anybody anyone anything are aren arent as at be because been before being "
    "below between both but by can cannot cant could couldn couldnt did didn "
    "didnt do does doesn doesnt doing don dont down during each either else "
    "ever every everyone few for from further had hadn hadnt has hasn hasnt "
    "have haven havent having he her here hers herself him himself his how "
    "however hows i if im in into is isn isnt it its itself ive just let lets "
    "ll me might mine more most much must my myself neither no nor not nothing "
    "of off on once only onto or other others ought our ours ourselves out over "
    "own per please rather re s same shall shan she should shouldn shouldnt "
    "since so some somebody someone something such t than that thats the their "
    "theirs them themselves then there therefore theres these they theyre this "
    "those though through thus to too toward towards u under until up upon ur "
    "us ve very via was wasn wasnt we were weren werent what whatever whats "
    "when whenever where wheres whether which while who whom whos whose why "
    "will with within without won wont would wouldn wouldnt yet you your youre "
    "yours yourself yourselves youve",
[FU_TONGUE_DE] =
    "ab aber alle allem allen aller alles als also am an ander andere anderem "
    "anderen anderer anderes auch auf aus bei beim bin bis bist da damit dann "
    "das dass dasselbe dazu dein deine deinem deinen deiner dem demselben den "
    "denn denselben der deren derselbe des dessen dich die dies diese dieselbe "
    "dieselben diesem diesen dieser dieses dir doch dort du durch ein eine einem "
    "einen einer eines einig einige einigem einigen einiger einiges einmal er es "
    "etwas euch euer eure eurem euren eurer fur für gegen gewesen hab habe haben "
    "hat hatte hatten hattest hier hin hinter ich ihm ihn ihnen ihr ihre ihrem "
    "ihren ihrer ihres im in indem ins ist ja jede jedem jeden jeder jedes jene "
    "jenem jenen jener jenes jetzt kann kannst kein keine keinem keinen keiner "
    "konnte können könnte könnten man manche manchem manchen mancher manches mein "
    "meine meinem meinen meiner mich mir mit muss müssen musste nach nicht nichts "
    "noch nun nur ob oder ohne schon sehr sein seine seinem seinen seiner selbst "
    "sich sie sind so solche solchem solchen solcher sollte sollten sondern sonst "
    "soll sollen um und uns unser unsere unserem unseren unserer unter viel vom "
    "von vor wann war waren warst warum was weg weil weiter welche welchem welchen "
    "welcher welches wem wen wenn wer werde werden werdet weshalb wie wieder wieso "
    "will wir wird wirst wo wollen wollte wurde wurden würde würden zu zum zur zwar "
    "zwischen über",
[FU_TONGUE_FR] =
    "a afin ai aie ainsi alors au aucun aucune aura aurait aussi autre autres aux "
    "avait avant avec avez avoir avons ayant bien c ce ceci cela celle celles "
    "celui ces cet cette ceux chaque chez combien comme comment contre d dans de "
    "depuis des donc dont du elle elles en encore entre es est et etaient etait "
    "ete etes etre eu eux fait faire fut ici il ils j je jusqu l la là laquelle "
    "le lequel les lesquels leur leurs lors lorsqu lorsque lui m ma mais me même "
    "mêmes mes moi moins mon n ne ni nos notre nous on ont ou où par parce pas "
    "pendant peu peut peuvent pour pourquoi pouvez puis qu quand que quel quelle "
    "quelles quels quelqu qui quoi s sa sans se sera serait ses si soit son sont "
    "sous suis sur t ta te tel telle tes toi ton tous tout toute toutes très tu un "
    "une vers vos votre vous y à ça étaient était été êtes être",
[FU_TONGUE_ES] =
    "a al algo alguien algun alguna algunas alguno algunos algún ambos ante antes "
    "aquel aquella aquellas aquellos aqui aquí así aun aunque aún cada como con "
    "contra cual cuales cualquier cuando cuanto cuál cuáles cuándo cuánto cuánta "
    "cuántos cómo de del desde donde dos durante dónde e el ella ellas ello ellos "
    "en entre era eran eres es esa esas ese eso esos esta estaba estado estamos "
    "estan estar estas este esto estos está están fue fueron ha hace hacer hacia "
    "han hasta hay he hemos la las le les lo los me mi mis mucho muchos muy más "
    "mí nada ni no nos nosotros nuestra nuestras nuestro nuestros o os otra otras "
    "otro otros para pero poco por porque pueda puede pueden puedo pues que quien "
    "quienes quién qué se sea sean ser si sido sin sobre sois solo somos son su "
    "sus suya suyo sí también tan tanto te tenemos tener tiene tienen tengo ti "
    "toda todas todo todos tu tus tú un una unas uno unos usted ustedes vosotros "
    "vuestra vuestro y ya yo él",
[FU_TONGUE_IT] =
    "a abbiamo ad agli ai al alcuni alcuno all alla alle allo altra altre altri "
    "altro anche ancora avere avete aveva avevano c che chi ci ciò come con contro "
    "cosa così cui d da dagli dai dal dall dalla dalle dallo dei degli del dell "
    "della delle dello dentro di dopo dove dov due e ed era erano essa esse essere "
    "essi esso fa fare fino fra gli ha hai hanno ho i il in io l la le lei li lo "
    "loro lui ma me mi mia mie miei mio ma molto ne negli nei nel nell nella nelle "
    "nello no noi non nostra nostre nostri nostro o od ogni oppure per perché però "
    "più poi possiamo posso possono prima può qual quale quali quando quanta quante "
    "quanti quanto quella quelle quelli quello quest questa queste questi questo "
    "qui quindi s se sei senza si sia siamo siano siete solo sono sopra sotto sta "
    "stata stati stato su sua sue sugli sui sul sull sulla sulle sullo suo suoi t "
    "ti tra tu tua tue tuo tuoi tutta tutte tutti tutto un una uno v vi voi vostra "
    "vostre vostri vostro è",
[FU_TONGUE_PT] =
    "a ao aos aquela aquelas aquele aqueles aquilo as até cada com como contra da "
    "das de dela delas dele deles depois desde do dos e ela elas ele eles em entre "
    "era eram essa essas esse esses esta estamos estar estas estava este estes "
    "estou está estão eu faz fazer foi foram há isso isto já lhe lhes mais mas me "
    "mesmo meu meus minha minhas muito muitos na nas nem no nos nossa nossas nosso "
    "nossos num numa não nós o onde os ou outra outras outro outros para pela pelas "
    "pelo pelos pode podem podemos por porque posso pouco qual quais qualquer "
    "quando quanto quantos que quem quê se seja sem sempre sendo ser será seu seus "
    "si sido sobre sou sua suas são só também te tem temos tenho ter teu teus ti "
    "tinha toda todas todo todos tu tua tuas tudo têm um uma umas uns você vocês "
    "vos vosso à às é",
[FU_TONGUE_NL] =
    "aan aangezien al alle alleen als altijd ander andere anders bij bent ben "
    "binnen boven daar daarom dan dat de deze die dit doen door dus een eens elk "
    "elke en er ergens geen geweest haar had hadden heb hebben hebt heeft hem het "
    "hier hij hoe hoeveel hun iemand iets ik in indien is ja je jij jou jouw jullie "
    "kan kon kunnen kunt maar me meer men met mij mijn moet moeten mogen na naar "
    "niet niets nog nu of om omdat onder ons onze ook op over reeds sinds te tegen "
    "toch toen tot tussen u uit uw van vanaf veel via voor waar waarom wanneer want "
    "waren was wat we wel welk welke werd werden wie wij wil worden wordt zal ze "
    "zelf zich zij zijn zo zonder zou zouden zullen",
[FU_TONGUE_DA] =
    "ad af alle alt anden at blev blive bliver da de dem den denne der deres det "
    "dette dig din disse dog du efter eller en end er et for fra ham han hans har "
    "havde have hende her hos hun hvad hvilken hvis hvor hvordan hvorfor hvornår i "
    "ikke ind jeg jer jo kan kunne man mange med men mig min mine mit mod ned noget "
    "nogle nu når og også om op os over på selv sig sin skal skulle som sådan til "
    "ud under var vi vil ville vor være været",
[FU_TONGUE_SV] =
    "alla allt att av blev bli blir blivit de dem den denna deras dess dessa det "
    "detta dig din dina ditt du där efter ej eller en er era ert ett från för ha "
    "hade han hans har henne hennes hon honom hur här i icke ingen inom inte jag "
    "ju kan kunde man med mellan men mig min mina mitt mot mycket ni nu någon något "
    "några när och om oss på samma sedan sig sin sina själv skulle som så sådan "
    "till under upp ut utan vad var varför varje vars vem vi vid vilka vilken vill "
    "är än över",
[FU_TONGUE_NO] =
    "alle at av bare begge ble bli blir blitt da de deg dem den denne der deres det "
    "dette di din disse du eller en enn er et etter for fordi fra før ha hadde han "
    "hans har hennes her hun hva hvem hver hvilken hvis hvor hvordan hvorfor i ikke "
    "ingen inn jeg kan kunne man mange med meg mellom men mot mye må ned noe noen "
    "nå når og også om opp oss over på seg selv sin skal skulle slik som så til ut "
    "uten var ved vi vil ville vår være vært",
[FU_TONGUE_FI] =
    "ei eivät emme en ette että ja jos joka jonka jota jotka kanssa ken keneen "
    "kenen ketkä koska kuin kuka kun me meidän mihin mikä miksi milloin minkä minun "
    "minä missä mitä mukaan mutta myös ne niiden niin nämä näiden ole olemme olen "
    "olet olette oli olisi olivat olla on ovat poikki se sen siinä sillä sinun sinä "
    "sitä tai te teidän tämä tämän tässä tätä vaan vai vaikka voi voiko",
};
