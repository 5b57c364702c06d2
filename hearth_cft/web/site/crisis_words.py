"""Give the words that people in danger may type into the search.

static/js/features/search/crisis.js compares them with what somebody types. It recognises words, and
can't tell whether somebody is in danger. The English words count in every language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hearth_cft.config import Config, local
from hearth_cft.i18n.fallback import MARKERS
from hearth_cft.i18n.translations import Translations

Pgettext = Callable[[str, str], str]


def crisis_words(config: Config, translations: Translations) -> dict[str, list[str]]:
    """Return the lists that the phone compares a query with. Each is in one or two languages."""
    return {
        "phrases": [*_in_both(phrases, translations), "; ".join(_names(config, translations))],
        "spellings": _in_both(spellings, translations),
        "fillers": _in_both(fillers, translations),
        "everyday": _in_both(everyday, translations),
    }


def untranslated(_context: str, message: str) -> str:
    """Return the English text. In place of `Translations.pgettext`."""
    return message


def _names(config: Config, translations: Translations) -> list[str]:
    """Return the names and numbers of the service's own crisis lines, as whole queries."""
    return [
        f"={text}"
        for line in config.crisis_lines
        for text in (local(line.name, translations.locale.tag)[0], line.number)
    ]


def _in_both(texts: Callable[[Pgettext], Iterable[str]], translations: Translations) -> list[str]:
    """Return the texts in the reader's language, and in English if that is another one."""
    own = "; ".join(texts(translations.pgettext)).translate(MARKERS)
    return list(dict.fromkeys((own, "; ".join(texts(untranslated)))))


def phrases(pgettext: Pgettext) -> tuple[str, ...]:
    """Return the lists of phrases, each about one kind of danger."""
    # Translators: words and short phrases as people in distress really type them, in every dialect
    # and in Latin letters too, separated by commas. Leave out "I" and "I am". Capitals, accents,
    # apostrophes, repeated letters and most slips make no difference. "suicid*" stands for every
    # word that begins so. "=cut" counts only if nothing else is typed. Don't translate word by
    # word: write what people say. Add as many as you can.
    return (
        pgettext(
            "words that somebody in danger may type: not wanting to live",
            "want to die, dying, =dead, =death, be dead, wish was dead, wish were dead, if was "
            "dead, better off dead, dont want to live, dont want to be here, dont want to be "
            "alive, =dont want to be, dont want to be anymore, dont want to exist, dont want to "
            "wake up, never wake up, not wake up, wont wake up, stop existing, want to "
            "disappear, want to vanish, disappear forever, =want it to stop, want it all to "
            "stop, =want it to end, want it all to end, want it to be over, want it over, sleep "
            "forever, sleep and never wake, never born, not been born, tired of living, tired of "
            "life, sick of living, sick of life, hate my life, hate life, hate living, done with "
            "life, done with living, enough of life, give up on life, giving up on life, dont "
            "want to breathe, dont want to carry on, dont want to go on, dont want to do this "
            "anymore, dont want this life, dont want to do life, dont want to survive, want "
            "everything to stop, want to stop existing, want to be gone, if was gone, better if "
            "was gone, want to leave this world, leave this world, leave this earth, should not "
            "be alive, shouldnt be alive, shouldnt be here, wish wasnt here, wish wasnt alive, "
            "wish wasnt born, hope dont wake up, pray to die, why should live, why live, why "
            "alive, why bother living, reason to stay alive, =want out, no will to live, will to "
            "live, lost the will, cant keep living, cant live like this, be with my dead, to be "
            "with my late, tired of existing, tired of being alive, tired of fighting, tired of "
            "everything, sick of everything, fed up of life, fed up with life, fed up of living, "
            "done with everything, =done, =done with it, =had enough, had enough of life, had "
            "enough of everything, life hell, feel dead inside, dead inside, die, =make it stop, "
            "want to not exist, dont exist anymore, =life over, =my life over, stop me "
            "breathing, wish could die, want it to stop forever, not waking up, not want to wake "
            "up, cant take another day, cant face another day, cant do another day, another day "
            "of this, join her in heaven, join him in heaven, be around much longer, last day "
            "alive, my final night, my last night, nothing left for me",
        ),
        pgettext(
            "words that somebody in danger may type: suicide",
            "suicid*, unaliv*, kys, kill me, kill myself, killing myself, killed myself, end "
            "my life, ending my life, end it, ending it, endit, end things, ending things, "
            "end everything, end myself, take my life, taking my life, take my own life, "
            "taking my own life, jump off, jump in front, jumping in front, hang myself, "
            "hanging myself, =hanging, tie a noose, strangle myself, choke myself, suffocate "
            "myself, drown myself, shoot myself, stab myself, poison myself, gas myself, "
            "final goodbye, wont be here tomorrow, not be here tomorrow, do something stupid, "
            "painless death, end my own life, end this life, end life, end the pain, end my "
            "pain, end my suffering, make the pain stop, pain to stop, pain to end, permanent "
            "solution, goodbye world, goodbye everyone, goodbye cruel, say goodbye to "
            "everyone, final letter, under a train, front of a train, train tracks, off a "
            "bridge, off the bridge, crash my car, crash the car, ligature, =gun, =knife, how "
            "to tie a noose, how to hang, have a plan to, plan to end, ending myself, end of "
            "me, slash my, =stop the pain, how to kill, =want to do it tonight, drive off "
            "the, drive into a, throw myself off, throw myself under, throw myself in front, "
            "throw myself out, =want to jump, jump from bridge, jump from window, jump from "
            "roof, jump from building, jump from cliff, jump out of window, goodbye letter*, "
            "goodbye note*, goodbye forever, said goodbye to, last message, over for me, "
            "tonight the night, try to stop me, final exit, got a gun, want to jump off "
            "bridge, want to jump off roof, want to jump off building, want to jump out of, "
            "want to jump in front, want to jump and never, kms, electrocute myself, off a "
            "cliff, planning my death, planning my own death, out of my misery, end this "
            "nightmare, take all these, jump off this",
        ),
        pgettext(
            "words that somebody in danger may type: pills and poison",
            "overdos*, =od, took an od, many pills, many paracetamol, all my pills, took pills, "
            "swallowed pills, taken pills, lethal dose, fatal dose, drink bleach, drank bleach, "
            "poisoned myself, lethal, fatal amount, how many tablets, how many pills, how many "
            "would kill, stockpile*, stockpiling, hoarding pills, take all my, taken all my, "
            "took all my, took too much, taken too much, swallowed bleach, swallowed poison, "
            "drink poison, took too many, taken too many, swallowed too many, pills and alcohol, "
            "pills and vodka, 10 pills, 12 pills, 15 pills, 16 pills, 20 pills, 24 pills, 30 "
            "pills, 32 pills, 40 pills, 50 pills, 60 pills, 100 pills, =taken something, =took "
            "something",
        ),
        pgettext(
            "words that somebody in danger may type: self-harm",
            "self harm*, selfharm*, self injur*, self mutilat*, harm myself, harming myself, "
            "hurt myself, hurting myself, injure myself, =cut, =cutting, cut myself, cutting "
            "myself, cut my arm*, cut my wrist*, cut my leg*, cut my skin, cutting my arm*, "
            "cutting my wrist*, cutting my leg*, slit my, slit wrist*, burn myself, burning "
            "myself, hit myself, punch myself, scratch myself, starve myself, bite myself, "
            "urge to cut, urges to cut, =want to cut, want to hurt myself, =want to hurt, "
            "urge to hurt, razor*, =blade, cutting again, cut again, cut too deep, cut deep, "
            "cuts on my, burnt myself, burned myself, scratching myself, biting myself, "
            "punching myself, hitting myself, starving myself, banging my head, bang my head, "
            "bleeding wont stop, wont stop bleeding, bleeding out, hurting my body, purging, "
            "make myself sick, relapsed and cut, =been cutting, been cutting again, =started "
            "cutting, hit my head against, punish myself, deserve pain, deserve to suffer, "
            "deserve to be hurt, keep myself safe, cant stay safe, cant keep safe, want to "
            "bleed, make myself bleed",
        ),
        pgettext(
            "words that somebody in danger may type: no hope",
            "=cant go on, cant go on anymore, cant go on like, cant go on living, cant carry "
            "on, cant keep going, =cant do this, cant do this anymore, cant do life, cant "
            "take it, =cant take this, cant take this anymore, cant take anymore, cant cope, "
            "cant live, cant bear it, cant stand it, =cant continue, no way out, no reason to "
            "live, no reason to go on, no point living, no point in living, no point in life, "
            "no point going on, no point anymore, no point of living, point in living, point "
            "of living, point of life, point of being alive, =whats the point, nothing to "
            "live for, nothing left to live, life isnt worth, life not worth, not worth "
            "living, isnt worth living, no hope, lost hope, lost all hope, hopeless, "
            "hopelessness, no future, better off without me, better without me, nobody would "
            "miss me, nobody will miss me, nobody would care if, nobody would notice if, "
            "burden to, burden on, =give up, =giving up, give up on everything, want to give "
            "up, breaking point, end of my tether, cant be fixed, no escape, cant do it "
            "anymore, cant fight anymore, cant keep fighting, cant see a way, cant see any "
            "way, cant see a future, dont see a future, no way forward, life pointless, life "
            "meaningless, life worthless, life empty, no meaning in life, everything "
            "pointless, everything feels pointless, everything hopeless, nothing matters "
            "anymore, =nothing matters, nobody cares if, =nobody cares, better off gone, "
            "happier without me, happier if was, world better without, dont deserve to live, "
            "=given up, no strength left, no fight left, at rock bottom, rock bottom, cant be "
            "here anymore, trapped in life, =cant see the point, =dont see the point, see the "
            "point anymore, see the point in living, see the point of living, given up on, "
            "given up completely, no other way, other way out, only way out, only escape, no "
            "point in trying, no point trying, no reason to keep going, no reason to carry "
            "on, =trapped, feel trapped, its all over, cant survive, cant bear this, cant "
            "handle life, cant face tomorrow, no reason to stay",
        ),
        pgettext(
            "words that somebody in danger may type: hurt or threatened by others",
            "hits me, hurts me, hurting me, hurt me, threatens me, kill me, abuses me, "
            "=abuse, =abuser, abused, abusive, abused me, being abused, domestic violence, "
            "domestic abuse, afraid of my husband, afraid of him, afraid of her, afraid to go "
            "home, afraid at home, not safe, dont feel safe, feel unsafe, =unsafe, unsafe at "
            "home, in danger, =danger, rape, raped, rapist, being raped, sexual assault*, "
            "sexually assault*, sexual abuse, sexually abused, assaulted, molest*, forced me, "
            "wont let me leave, locked me in, stalking me, following me, forced marriage, "
            "honour violence, afraid for my life, afraid to leave, being hit, being hurt by, "
            "touching me, forced himself, forced to have, made me have, didnt consent, pushes "
            "me, pushed me, shoves me, throws things at, controls me, controlling me, "
            "coercive*, stalk*, stalker, being followed, groomed, grooming, has a knife, with "
            "a knife, has a gun, with a gun, held hostage, blackmail*, trafficked, "
            "trafficking, run away from home, escape from home, escape my husband, leave an "
            "abuser, beaten up, =touched me, he touched me, she touched me, someone touched "
            "me, womens aid",
        ),
        pgettext(
            "words that somebody in danger may type: others at risk, voices",
            "hurt someone, kill someone, kill him, kill her, kill them, hurt my baby, harm my "
            "baby, hurt my child*, harm my child*, shake my baby, hearing voices, voices telling "
            "me, voices tell me, voices in my head, want to kill, =murder, hurt my kids, harm "
            "others, hurting my baby, hurting my kids, friend wants to die, want to hurt people, "
            "hurt others, kill my, hurt my family, hurt my mum, hurt my dad",
        ),
        pgettext(
            "words that somebody in danger may type: asking for help",
            "=help, =help me, =please help, =please help me, =need help, need help now, need "
            "help urgent*, need urgent help, =save me, =sos, =crisis, crisis line, crisis team, "
            "in crisis, mental health crisis, mental health emergency, emergency, emergencies, "
            "ambulance, =police, call police, accident and emergency, 999, 112, =911, call 911, "
            "=111, call 111, 116123, 116 123, samaritans, childline, helpline*, hotline*, crisis "
            "text, =urgent, =urgent help, in a crisis, crisis number, crisis help, who to call, "
            "lifeline, suicide line, text line, 85258, mental breakdown, nervous breakdown, "
            "=breakdown, having a breakdown, breaking down, losing my mind, lose control of "
            "myself, psychotic, psychosis, press 55, =55, silent call, silent solution, =18000, "
            "=18001",
        ),
    )


def spellings(pgettext: Pgettext) -> tuple[str, ...]:
    """Return groups of words that mean the same. The first word of a group stands for all."""
    return (
        pgettext(
            "other spellings and words with the same meaning, for what somebody in danger may type",
            # Translators: "word: other, another; word: other". What stands before the colon is a
            # word in the lists of phrases. After it come short forms, other words from every
            # dialect, and Latin letters. In Arabic, for example, "I want": every dialect's word.
            "want to: wanna, deserve to, wana, wnna, want 2, wnt to, wanting to, wants to, wish "
            "to, need to, ready to, going to, gonna, gunna, thinking of, thinking about, "
            "planning to, want 2b; cant: cannot, can not, cnt, carnt, couldnt, could not; dont: "
            "do not, dnt, dont ever, no longer, didnt; slit: slitting, slash, slashing; wont: "
            "will not, wouldnt, wnt; isnt: aint; myself: my self, meself, mself, me self; "
            "anymore: any more, nomore, no more, any longer; life: lyf, lyfe; living: being "
            "alive; pills: tablets, tabs, meds, paracetamol, ibuprofen, medication, "
            "antidepressants; swallowed: swallow, swallowing; husband: partner, boyfriend, wife, "
            "girlfriend, bf, gf, ex, dad, mum, mom, mam, father, mother, stepdad, parents, "
            "family, brother, son; wish: wishing, wished; hurting: hurtin, harming; nobody: no "
            "one, noone, no body; someone: somebody, some1, sum1; everyone: everybody, every1; "
            "suicide: commit suicide, suiside, suicde, suside, sueside, sewerslide; kill: kil, "
            "k1ll, killl; die: d1e; wake up: wakeup; hits: hit, hitting, beats, beat, beating, "
            "punches, punched, slaps, slapped, kicks, kicked, chokes, choked, strangles, "
            "strangled; afraid: scared, frightened, terrified; threatens: threatened, "
            "threatening; of: off; cutting: cuttin, cuting; jump: jumping; goodbye: good bye; "
            "without: w o, with out; point: use, purpose",
        ),
    )


def fillers(pgettext: Pgettext) -> tuple[str, ...]:
    """Return words that make no difference between the words of a phrase."""
    return (
        pgettext(
            "words without weight that may stand between others, separated by commas",
            "I, Im, am, is, Ive, have, Id, just, really, even, so, very, too, fucking, fuckin, "
            "literally, honestly, always, a, an, the, actually, maybe, probably, rn, tbh",
        ),
    )


def everyday(pgettext: Pgettext) -> tuple[str, ...]:
    """Return everyday words that are one slip away from a word that people in danger type."""
    return (
        pgettext(
            "everyday words that are one letter away from words that somebody in danger may "
            "type, separated by commas",
            "accused, alike, black, stock, urging, surging, grossed, grooving, groping, rooming, "
            "purring, broker, traded, wrapped, traced, tapped, taped, strapped, tripped, draped, "
            "grossing, amused, assess, banger, banging, bar, bare, beam, bean, bear, bears, "
            "beard, bearing, beds, bend, bent, bin, bit, bits, bitter, blocked, body, bold, "
            "bore, born, breach, bunch, bury, butter, cafe, cake, card, care, cart, cash, cast, "
            "cave, cell, changing, cheat, cheating, chill, citing, cold, come, continued, cook, "
            "coolest, copy, cost, cream, crisps, cunning, curing, curry, cute, cuter, dagger, "
            "dancer, dangers, deal, dear, deaf, depth, dial, diet, done, dose, drawn, drink, "
            "drone, drunk, emerge, emergence, emergent, face, feed, filing, fill, filling, "
            "fired, fit, flee, food, fool, force, form, formed, found, gap, gave, gas, give, "
            "giving, guy, hand, handing, hanger, hats, hear, hearing, heads, heal, healing, "
            "healthy, heat, heating, hills, hire, hold, hole, holiness, homeless, homelessness, "
            "hope, hoped, hopes, hunt, hurry, injury, jumper, kiln, kills, kiss, kit, lie, like, "
            "liked, line, lined, link, list, lived, lives, long, lost, love, loving, lunch, "
            "make, male, manger, marry, mate, metal, milestone, milestones, mill, milk, mist, "
            "mix, modest, modestly, modesty, moles, mustard, muting, noise, nope, note, noted, "
            "outing, oven, overcome, overdone, overdo, overdoing, overdue, own, paint, pile, "
            "pill, pinch, pint, pit, poise, policy, polite, pools, punk, racist, ranger, "
            "ranging, rapid, rated, ripe, rise, safer, sale, same, save, saves, season, selfie, "
            "sell, sexy, shape, share, shave, shelf, shoe, shop, shot, shots, shower, sing, "
            "site, skill, skills, sleep, slept, slim, slip, slit, slot, solo, spin, split, star, "
            "stare, start, stay, step, stick, still, stop, store, strange, stuff, suit, suited, "
            "tale, tales, talk, talking, term, tired, tool, touched, touches, trap, trip, "
            "walking, wall, wand, warm, wave, wealth, weave, wild, wire, woke, worth, worthy, "
            "write, zone",
        ),
    )
