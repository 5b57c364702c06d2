"""Give the words that people may search for and that a built-in text itself doesn't have."""

from __future__ import annotations

from collections.abc import Callable

Pgettext = Callable[[str, str], str]


def synonyms(pgettext: Pgettext) -> dict[str, str]:
    """Return, for the address of a text, other words that find it, separated by commas."""
    # Translators: what people type who need this, in everyday words: feelings, diagnoses, slang,
    # dialects, Latin letters. Don't translate word by word.
    return {
        "recordings/grounding-without-breath": pgettext(
            "words that find Grounding without the breath",
            "grounding, panic, panic attack, panicking, panicky, anxiety attack, flashback, "
            "flashbacks, dissociation, dissociating, dissociated, unreal, spaced out, PTSD, "
            "trauma, triggered, trigger, anxiety, anxious, scared, frightened, terrified, fear, "
            "nightmare, nightmares, overwhelmed, overwhelm, breath makes it worse, cant breathe, "
            "hyperventilating, shaking, dizzy, freaking out, calm down, 5 4 3 2 1, 54321, "
            "sensory, meltdown",
        ),
        "recordings/soothing-rhythm-breathing": pgettext(
            "words that find Soothing rhythm breathing",
            "breathing, breathe, breathing exercise, breath, calm, calm down, relax, relaxation, "
            "relaxing, stress, stressed, stressed out, tense, tension, cant sleep, insomnia, "
            "sleep, sleepless, awake, restless, wound up, on edge, agitated, anxiety, anxious, "
            "meditation, meditate, heart racing, slow down, unwind, nervous, pressure",
        ),
        "recordings/safe-place": pgettext(
            "words that find Safe place",
            "safe place, safe space, happy place, escape, imagine, imagery, nightmare, sleep, "
            "cant sleep, bedtime, peaceful, calm place, comfort, refuge, feel safe",
        ),
        "recordings/compassion-break": pgettext(
            "words that find Compassion break",
            "depression, depressed, depressing, low, low mood, feeling low, feeling down, sad, "
            "sadness, unhappy, miserable, crying, cant stop crying, tears, bad day, hard day, "
            "awful, exhausted, tired, burnout, burnt out, drained, short, quick, one minute, "
            "break, kind phrase, grief, heartbroken, struggling",
        ),
        "recordings/mindful-noticing": pgettext(
            "words that find Mindful noticing",
            "mindfulness, mindful, meditation, meditate, present moment, distracted, "
            "concentrate, wandering mind, attention, focus, ADHD, busy mind",
        ),
        "recordings/compassionate-colour": pgettext(
            "words that find Compassionate colour",
            "colour, color, warmth, light, comfort, soothe, visualise, visualisation",
        ),
        "recordings/compassionate-other": pgettext(
            "words that find Compassionate other",
            "lonely, loneliness, alone, all alone, no friends, nobody loves me, nobody likes me, "
            "everyone hates me, unloved, rejected, abandoned, isolated, being cared for, ideal "
            "friend, companion, hug, left out",
        ),
        "recordings/compassionate-self": pgettext(
            "words that find Compassionate self",
            "self compassion, self kindness, kind to myself, love myself, self love, confidence, "
            "self esteem, best self, strength, courage, wisdom",
        ),
        "recordings/meeting-the-critic": pgettext(
            "words that find Meeting the critic",
            "chair work, talk to my critic, answer the critic, face my critic",
        ),
        "recordings/three-flows": pgettext(
            "words that find The three flows (recording)",
            "receive kindness, accept help, give kindness, compliments, let people in",
        ),
        "recordings/flashback-grounding": pgettext(
            "words that find Flashback grounding",
            "flashback, flashbacks, reliving it, it is happening again, stuck in a memory, bad "
            "memory, memories came back, back there, woke from a nightmare, nightmare, triggered, "
            "dissociating, losing time, not real, unreal",
        ),
        "recordings/longer-soothing-rhythm": pgettext(
            "words that find Longer soothing rhythm",
            "long breathing exercise, ten minutes, 10 minutes, meditation, meditate, quiet, "
            "silence, bedtime, sleep",
        ),
        "recordings/longer-grounding": pgettext(
            "words that find Longer grounding, without the breath",
            "ten minutes, 10 minutes, without breathing, no breathing, quiet, silence, asthma",
        ),
        "recordings/body-face-and-voice": pgettext(
            "words that find Body, face and voice",
            "posture, slouch, slumped, sit up straight, body language, facial expression, smile, "
            "tone of voice, inner voice",
        ),
        "recordings/remembering-compassion": pgettext(
            "words that find Remembering compassion",
            "I helped someone, when I was kind, good memory, kind memory, am I a good person, "
            "caring for others",
        ),
        "recordings/grief": pgettext(
            "words that find Grief (recording)",
            "grief, grieving, bereaved, bereavement, loss, sadness, mourning, missing someone, "
            "cry, let myself cry, what I never had",
        ),
        "learn/the-self-critic": pgettext(
            "words that find The self-critic",
            "hate myself, I hate myself, self hate, self hatred, self loathing, loathe myself, "
            "worthless, worthlessness, useless, stupid, idiot, failure, fail, failed, loser, "
            "pathetic, ugly, fat, disgusting, not good enough, never good enough, perfectionism, "
            "perfectionist, hard on myself, beat myself up, blame myself, self blame, self "
            "criticism, inner critic, critical voice, negative voice, put myself down, bully, "
            "self esteem, low self esteem, hate my body, hate my face, imposter",
        ),
        "worksheets/self-critic": pgettext(
            "words that find My self-critic",
            "inner critic, critic, hate myself, harsh voice, self attack, name calling, "
            "worksheet critic",
        ),
        "learn/what-my-critic-is-for": pgettext(
            "words that find What my critic is for",
            "why am I so hard on myself, why do I criticise myself, purpose of my critic, what "
            "does my critic want, disappointed in myself, disgusted with myself, disgust, high "
            "standards, self correction, telling myself off",
        ),
        "learn/anger-with-a-backbone": pgettext(
            "words that find Anger with a backbone (page)",
            "anger, angry, rage, furious, fury, temper, lost my temper, irritable, resentful, "
            "assertive, assertiveness, boundaries, set boundaries, say no, cant say no, stand up "
            "for myself, speak up, walked over, difficult conversation, confrontation",
        ),
        "learn/grief": pgettext(
            "words that find Grief (page)",
            "grief, grieving, bereaved, bereavement, mourning, loss, lost someone, died, my mum "
            "died, my dad died, my dog died, funeral, widow, widowed, miscarriage, stillbirth, "
            "lost my baby, miss him, miss her, missing someone, anniversary, breakup, break up, "
            "divorce, heartbroken, longing",
        ),
        "learn/shame-and-guilt": pgettext(
            "words that find Shame and guilt",
            "shame, ashamed, guilt, guilty, embarrassed, embarrassment, humiliated, humiliation, "
            "regret, remorse, dirty, my fault, sorry, bad person, I am bad, forgive myself, "
            "forgiveness, secret",
        ),
        "learn/safe-or-only-quiet": pgettext(
            "words that find Safe, or only quiet?",
            "real danger, is it dangerous, am I safe, safety, safeness, unsafe, controlling, "
            "controlling partner, coercive control, domestic abuse, abusive relationship, toxic "
            "relationship, gaslighting, walking on eggshells, leave him, leaving him, always on "
            "guard, hypervigilant, hypervigilance",
        ),
        "learn/not-your-fault": pgettext(
            "words that find Not your fault",
            "trauma, traumatic, traumatised, PTSD, CPTSD, complex PTSD, abuse, abused, "
            "childhood, bullied, bullying, neglect, blame, my fault, is it my fault, victim, why "
            "am I like this, what is wrong with me, broken, damaged, personality",
        ),
        "worksheets/where-my-systems-learned": pgettext(
            "words that find Where my systems learned",
            "childhood, trauma, past, upbringing, parents, mother, father, growing up, family, "
            "history, formulation, attachment, school, memories",
        ),
        "learn/our-tricky-brain": pgettext(
            "words that find Our tricky brain",
            "overthinking, over thinking, overthink, rumination, ruminating, ruminate, worry, "
            "worrying, intrusive thoughts, racing thoughts, obsessive, OCD, thoughts, mind wont "
            "stop, cant stop thinking, brain, evolution, caveman",
        ),
        "worksheets/loop-spotter": pgettext(
            "words that find Loop spotter",
            "overthinking, rumination, ruminating, worry, worrying, worries, vicious circle, "
            "vicious cycle, spiral, spiralling, stuck, going round in circles, loop, intrusive "
            "thoughts, triggers",
        ),
        "learn/three-systems": pgettext(
            "words that find Three systems",
            "threat, drive, soothing, fight or flight, freeze, adrenaline, emotion regulation, "
            "emotions, feelings, mood swings, why do I feel like this, stress, anxiety, anxious, "
            "fear, anger, nervous system, polyvagal",
        ),
        "worksheets/three-circles": pgettext(
            "words that find My three circles",
            "circles, balance, three circles, draw my circles, threat drive soothe",
        ),
        "worksheets/many-selves": pgettext(
            "words that find Many selves",
            "angry, anger, rage, furious, mad, temper, irritable, irritated, parts, multiple "
            "selves, argument, row, conflict, mixed feelings, frustrated, jealous, envy, "
            "resentful",
        ),
        "worksheets/kinder-thought-record": pgettext(
            "words that find Kinder thought record",
            "thought record, CBT, negative thoughts, challenge thoughts, thought diary, reframe, "
            "harsh thought, catastrophising, unhelpful thoughts, thought challenging",
        ),
        "worksheets/compassionate-letter": pgettext(
            "words that find Compassionate letter",
            "letter, write a letter, letter to myself, letter to my younger self, kind letter, "
            "inner child",
        ),
        "worksheets/action-plan": pgettext(
            "words that find Action plan",
            "goal, goals, motivation, motivated, procrastination, procrastinating, putting "
            "things off, get things done, lazy, values, activity, to do, next step, change, "
            "habits",
        ),
        "worksheets/fears-and-blocks": pgettext(
            "words that find Fears and blocks (worksheet)",
            "dont deserve kindness, dont deserve it, undeserving, afraid of kindness",
        ),
        "learn/fears-blocks-and-resistances": pgettext(
            "words that find Fears, blocks and resistances",
            "not working, doesnt work, pointless, stuck, weak, self pity, selfish, cringe, "
            "uncomfortable with kindness, dont deserve compassion, soft, resist",
        ),
        "worksheets/kit-bag": pgettext(
            "words that find My kit bag",
            "kit, toolbox, toolkit, coping, coping skills, self soothe, soothe box, comfort box, "
            "distraction, distract me, senses, things that help",
        ),
        "worksheets/my-safety-plan": pgettext(
            "words that find My safety plan",
            "safety plan, crisis plan, keep safe, keep myself safe, stay safe, staying safe, what "
            "to do in a crisis, reasons for living, reasons to live",
        ),
        "worksheets/building-my-compassionate-self": pgettext(
            "words that find Building my compassionate self",
            "posture, face and voice, wise self, stronger self, kinder self",
        ),
        "worksheets/building-my-compassionate-other": pgettext(
            "words that find Building my compassionate other",
            "perfect nurturer, ideal carer, guardian, ancestor, imaginary friend",
        ),
        "worksheets/shame-outside-and-inside": pgettext(
            "words that find Shame, outside and inside",
            "what they think of me, what people think, judged, embarrassed, hiding, looked down on",
        ),
        "worksheets/mine-and-not-mine": pgettext(
            "words that find Mine and not mine",
            "regret, apologise, sorry, say sorry, forgive, forgive myself, forgiveness, my fault, "
            "responsibility, make it right",
        ),
        "worksheets/anger-with-a-backbone": pgettext(
            "words that find the worksheet Anger with a backbone",
            "boundaries, boundary, say no, stand up for myself, assertive",
        ),
        "worksheets/brave-steps": pgettext(
            "words that find Brave steps",
            "exposure, avoidance, avoiding, courage, brave, ladder, face my fear",
        ),
        "worksheets/three-seats": pgettext(
            "words that find Three seats",
            "chair work, chairwork, empty chair, two chairs, three chairs",
        ),
        "worksheets/between-sessions": pgettext(
            "words that find Between sessions",
            "homework, next appointment, next session, this week’s practice, what to tell my "
            "therapist",
        ),
        "worksheets/staying-well-plan": pgettext(
            "words that find Staying well plan",
            "relapse, relapsing, warning signs, early signs, setback, getting worse, ending "
            "therapy, last session, blueprint, wellbeing plan, triggers, recovery, "
            "discharge, stay well",
        ),
        "worksheets/practice-diary": pgettext(
            "words that find Practice diary",
            "diary, log, journal, track, tracker, mood diary, mood tracker, homework, record my "
            "practice",
        ),
        "learn/when-practice-is-hard": pgettext(
            "words that find When an exercise feels wrong",
            "panic, flashback, numb, numbness, empty, emptiness, feel nothing, makes it worse, "
            "upset, tearful, crying, breath scares me, dissociation, cant concentrate, side "
            "effects, cant do it, uncomfortable",
        ),
        "learn/when-minds-and-bodies-differ": pgettext(
            "words that find When minds and bodies differ",
            "autism, autistic, Asperger, ADHD, neurodivergent, neurodiverse, hearing voices, "
            "psychosis, schizophrenia, bipolar, asthma, COPD, lung disease, heart condition, "
            "pregnant, pregnancy, postnatal, new baby, pain, chronic pain, fibromyalgia, chronic "
            "fatigue, long covid, ill, disability, disabled, aphantasia, cant visualise, cant "
            "picture, faith, religion, God, Allah, prayer, Muslim, Christian, adapt, adjustments",
        ),
        "learn/making-practice-part-of-a-day": pgettext(
            "words that find Making practice part of a day",
            "routine, habit, habits, no time, busy, forget to practise, how often, every day",
        ),
        "learn/what-is-cft": pgettext(
            "words that find What is CFT?",
            "CFT, compassion focused therapy, compassion focussed therapy, therapy, treatment, "
            "what is this, Paul Gilbert, mental health, counselling, depression, psychology",
        ),
        "learn/what-compassion-is": pgettext(
            "words that find What compassion is, and isn’t",
            "compassion, kindness, empathy, sympathy, care, love, wisdom, self pity",
        ),
        "learn/the-three-flows": pgettext(
            "words that find The three flows (page)",
            "caring for others, carer, giving too much, people pleasing, people pleaser, accept "
            "kindness, trust",
        ),
        "learn/your-privacy-here": pgettext(
            "words that find Your privacy here",
            "who can see my notes, is it private, confidential, data protection, safe to write, "
            "does my therapist see this, tracking, GDPR",
        ),
        "learn/about-this-app": pgettext(
            "words that find About this app",
            "about, who made this, how does this app work, is it free, evidence, feedback, "
            "complaint, instructions, how to use",
        ),
    }
