"""Give the app's own pages that the search can find: Help, the notes, the settings."""

from __future__ import annotations

from collections.abc import Callable

Pgettext = Callable[[str, str], str]


def places(pgettext: Pgettext) -> dict[str, tuple[str, str]]:
    """Return, for the address of each page, what it is for and other words for it."""
    # Translators: the first text of each is shown under a search result. The second has the words
    # that people may type to find it: everyday ones, other spellings, dialects, Latin letters.
    return {
        "help": (
            pgettext("search result: Help", "People to call, and your own kind words"),
            pgettext(
                "words that find Help, separated by commas",
                "help, helpline, phone, call, ring, number, numbers, who can I call, contact, "
                "someone to talk to, talk to somebody, talk to someone, speak to someone, listen "
                "to me, urgent, out of hours, hard moment, kind words, my people, samaritans, "
                "shout, crisis team, suicide, self-harm, overdose, domestic abuse, hospital, A&E, "
                "emergency department, deaf, hard of hearing, BSL, British Sign Language, sign "
                "language, relay, Relay UK, text relay, textphone, cant speak, cant talk, cant "
                "hear, cant use the phone",
            ),
        ),
        "notes/": (
            pgettext("search result: Notes", "Everything you have written here"),
            pgettext(
                "words that find Notes, separated by commas",
                "notes, my notes, what I wrote, what I have written, my answers, journal, my "
                "writing, saved worksheets, history, search my notes, find a note",
            ),
        ),
        "notes/appointment": (
            pgettext("search result: For my appointment", "Notes to bring to your therapist"),
            pgettext(
                "words that find For my appointment, separated by commas",
                "appointment, my appointment, therapist, session, take to my appointment, bring, "
                "print my notes, show my therapist, doctor, GP",
            ),
        ),
        "notes/over-time": (
            pgettext("search result: Over time", "What you wrote, side by side"),
            pgettext(
                "words that find Over time, separated by commas",
                "over time, progress, compare, chart, graph, patterns, am I getting better",
            ),
        ),
        "notes/practice": (
            pgettext("search result: A practice note", "A few words after an exercise"),
            pgettext(
                "words that find A practice note, separated by commas",
                "practice note, after an exercise, how was it, before and after",
            ),
        ),
        "recordings/my-letter": (
            pgettext("search result: In my own voice", "Record a letter or kind words yourself"),
            pgettext(
                "words that find In my own voice, separated by commas",
                "my voice, own voice, record myself, microphone, voice note, voice memo, read my "
                "letter aloud, recorder",
            ),
        ),
        "programme": (
            pgettext("search result: Week by week", "A suggested order, week by week"),
            pgettext(
                "words that find Week by week, separated by commas",
                "programme, program, course, plan, week, weeks, week 1, week 2, where to start, "
                "what next, order, fourteen weeks, schedule, homework",
            ),
        ),
        "words": (
            pgettext("search result: Words and what they mean", "What the words here mean"),
            pgettext(
                "words that find Words and what they mean, separated by commas",
                "words, meanings, glossary, dictionary, definition, definitions, jargon, what does "
                "it mean, what does this word mean, hard words, difficult words, explain words",
            ),
        ),
        "settings/": (
            pgettext("search result: Settings", "Language, text size, backup, lock and more"),
            pgettext(
                "words that find Settings, separated by commas",
                "settings, options, preferences, menu, set up, change settings",
            ),
        ),
        "settings/language": (
            pgettext("search result: Language", "Choose another language"),
            pgettext(
                "words that find Language, separated by commas",
                "language, change language, translate, translation, English, Arabic, Polish, "
                "Urdu, Welsh",
            ),
        ),
        "settings/reading": (
            pgettext("search result: Reading", "Size, colours, read aloud and more"),
            pgettext(
                "words that find Reading, separated by commas",
                "text size, bigger text, larger text, large print, small text, font, font size, "
                "letters too small, cant read, dyslexia, dyslexic, OpenDyslexic, dark mode, "
                "dark, night mode, light mode, theme, colours, colors, contrast, high contrast, "
                "yellow on black, white on black, black on white, cream, invert colours, "
                "grayscale, greyscale, colour blind, zoom, eyesight, low vision, partially "
                "sighted, visually impaired, blind, tired eyes, too bright, glare, read aloud, "
                "read out loud, read to me, read it to me, read this page, text to speech, TTS, "
                "speak, spoken, screen reader, reader, line spacing, letter spacing, spacing, "
                "bold, lose my place, ruler, reading ruler, line guide, mask, reading mask, "
                "reading window, magnifier, magnify, magnifying glass, enlarge, tint, overlay, "
                "coloured overlay, colour filter, Irlen, plain text, no pictures, hide pictures, "
                "reduce motion, reduced motion, no movement, stop animations, animation, dizzy, "
                "bigger buttons, larger buttons, big buttons, pointer, bigger pointer, cursor, "
                "mouse, keyboard, easy words, easy read, simple words, plain English, "
                "make the text bigger, bigger letters, bigger words, i cant see, accessibility "
                "toolbar, a11y, accessibility",
            ),
        ),
        "settings/reading-guide": (
            pgettext("search result: Ways to make reading easier", "A guide with pictures"),
            pgettext(
                "words that find Ways to make reading easier, separated by commas",
                "reading guide, how to read, hard to read, trouble reading, reading is hard, "
                "reading difficulties, learning difficulties, VoiceOver, TalkBack, NVDA",
            ),
        ),
        "settings/backup": (
            pgettext("search result: Backup", "A locked copy of your notes, if you want one"),
            pgettext(
                "words that find Backup, separated by commas",
                "backup, back up, back up notes, back up my notes, restore, new phone, lost "
                "phone, second phone, two phones, sync, move my notes, twelve words, copy, "
                "cloud, recover, lost my notes, account, log in, sign in",
            ),
        ),
        "settings/lock": (
            pgettext(
                "search result: A lock for your notes", "A PIN, so that only you can open them"
            ),
            pgettext(
                "words that find A lock for your notes, separated by commas",
                "lock, PIN, passcode, password, passphrase, code, fingerprint, hide my notes, "
                "secret, unlock, forgot my PIN, somebody reads my phone, keep others out",
            ),
        ),
        "settings/storage": (
            pgettext("search result: What is saved here", "Pages, recordings and notes"),
            pgettext(
                "words that find What is saved here, separated by commas",
                "storage, space, storage space, memory, full, downloads, downloaded, offline, no "
                "internet, no signal, save recordings, free up space, delete recordings, remove "
                "recordings, data",
            ),
        ),
        "settings/install": (
            pgettext("search result: Put it on the home screen", "Open it like an app"),
            pgettext(
                "words that find Put it on the home screen, separated by commas",
                "install, install app, home screen, app, download the app, icon, add to home "
                "screen, iPhone, Android, app store",
            ),
        ),
        "settings/practice-time": (
            pgettext("search result: A regular time to practise", "For your calendar"),
            pgettext(
                "words that find A regular time to practise, separated by commas",
                "reminder, remind me, reminders, calendar, alarm, notification, notifications, "
                "regular time, every day, daily, routine, schedule",
            ),
        ),
        "settings/privacy": (
            pgettext("search result: Privacy", "Who can see what, and how to delete it"),
            pgettext(
                "words that find Privacy, separated by commas",
                "delete everything, delete my data, delete all, remove everything, erase, wipe, "
                "privacy settings, hide the app, discreet, neutral name, who can see, "
                "confidential, secret, cookies, GDPR",
            ),
        ),
    }
