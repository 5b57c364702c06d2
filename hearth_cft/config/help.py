"""What Help says: who answers in a crisis, and other ways to reach them.

All of it is the service's own data. The built-in data are England's.
"""

from __future__ import annotations

from pydantic import ValidationInfo, field_validator

from hearth_cft.config.values import LocalText, Number, Settings, Website, Word, refuse

# In the United Kingdom, Europe, North America and Australia.
EMERGENCY_NUMBERS = frozenset({"999", "112", "911", "000"})


class HelpWords(Settings):
    """Sentences of Help in the service's own words.

    Without them Help has its own, which are translated into every language. `opening` stands below
    the title. `suicide` stands between the emergency number and the others.
    """

    opening: LocalText | None = None
    suicide: LocalText | None = None


class CrisisLine(Settings):
    """A service that answers in a crisis.

    The client calls `number`. If `text` is set, the client sends that word to `number` instead.
    `urgent` says when to call at once.
    """

    name: LocalText
    number: Number
    text: Word | None = None
    about: LocalText | None = None
    urgent: LocalText | None = None
    free: bool = False
    always: bool = False

    @property
    def is_emergency(self) -> bool:
        """Return whether the number is that of the police and the ambulance."""
        return self.number in EMERGENCY_NUMBERS


class OtherWay(Settings):
    """A way to reach help for somebody who can't speak or hear on the telephone.

    `about` says how. The client may call `number`, send the word `text` to it, or open `website`.
    """

    name: LocalText
    about: LocalText
    number: Number | None = None
    text: Word | None = None
    website: Website | None = None

    @field_validator("text")
    @classmethod
    def _check_text(cls, value: str | None, info: ValidationInfo) -> str | None:
        # A number that is wrong is missing here, and has an error of its own.
        if value is not None and info.data.get("number", "") is None:
            refuse("is a word to send, but there is no number: set 'number' too")
        return value


def check_lines(value: tuple[object, ...]) -> tuple[object, ...]:
    """Refuse an empty list of crisis lines: Help tells clients to call the first of them."""
    if not value:
        refuse(
            "is empty, but Help tells clients in danger to call one of these: list at least one "
            "[[crisis_lines]], or leave the setting out for the lines of England"
        )
    return value


# The emergency number first: it is in sight on the smallest phones.
ENGLAND = (
    CrisisLine(
        name={"en": "Emergency services", "ar": "خدمات الطوارئ"},
        number="999",
        about={"en": "If someone is in danger now", "ar": "إذا كان شخص في خطر الآن"},
        urgent={
            "en": (
                "If you’ve hurt yourself or taken something: call 999 now, or get someone to take "
                "you to A&E, even if you feel all right."
            ),
            "ar": (
                "إذا آذيت نفسك أو تناولت شيئًا يضرّك: عليك الاتصال بالرقم 999 الآن، أو طلب من "
                "يوصلك إلى الطوارئ (A&E)، حتى لو شعرت بأنك بخير."
            ),
        },
        free=True,
        always=True,
    ),
    CrisisLine(
        name={"en": "Samaritans", "ar": "Samaritans (ساماريتانز)"},
        number="116 123",
        about={
            "en": "People who listen, whatever you’re going through",
            "ar": "أشخاص يصغون إليك، مهما كانت ظروفك",
        },
        free=True,
        always=True,
    ),
    CrisisLine(
        name={"en": "NHS 111", "ar": "خدمة NHS 111"},
        number="111",
        about={
            "en": "Choose the mental health option",
            "ar": "مع اختيار خيار الصحة النفسية",
        },
        free=True,
        always=True,
    ),
    CrisisLine(
        name={"en": "Shout", "ar": "Shout (شاوت)"},
        number="85258",
        text="SHOUT",
        about={
            "en": "A trained volunteer answers by text message",
            "ar": "يردّ عليك متطوّع مدرَّب برسائل نصية",
        },
        free=True,
        always=True,
    ),
    CrisisLine(
        name={
            "en": "National Domestic Abuse Helpline",
            "ar": "خط المساعدة الوطني في حالات العنف الأسري (National Domestic Abuse Helpline)",
        },
        number="0808 2000 247",
        about={
            "en": "If a partner, an ex or someone in your family hurts, frightens or controls you",
            "ar": "إذا تعرّضت للأذى أو التخويف أو السيطرة من شريك حالي أو سابق، أو من شخص في عائلتك",
        },
        free=True,
        always=True,
    ),
    CrisisLine(
        name={
            "en": "Men’s Advice Line",
            "ar": "خط المشورة للرجال (Men’s Advice Line)",
        },
        number="0808 801 0327",
        about={
            "en": "For men whose partner or family hurts or controls them. Weekdays, daytime",
            "ar": "للرجال الذين يتعرّضون للأذى أو السيطرة في البيت. نهارًا في أيام العمل",
        },
        free=True,
    ),
    CrisisLine(
        name={
            "en": "Galop",
            "ar": "Galop (غالوب)",
        },
        number="0800 999 5428",
        about={
            "en": "For LGBT+ people whom somebody hurts or controls. Weekdays, daytime",
            "ar": "لأفراد مجتمع الميم (LGBT+) عند التعرّض للأذى أو السيطرة. نهارًا في أيام العمل",
        },
        free=True,
    ),
)

WAYS_IN_ENGLAND = (
    OtherWay(
        name={"en": "If you can’t speak", "ar": "إذا تعذّر عليك الكلام"},
        about={
            "en": (
                "Call 999 from a mobile and listen. Cough or tap the phone if you can. When you’re "
                "asked to, press 55, and you’ll be put through to the police. Stay on the line: "
                "pressing 55 doesn’t show them where you are."
            ),
            "ar": (
                "يمكنك الاتصال بالرقم 999 من هاتف محمول والاستماع، مع السعال أو النقر على الهاتف "
                "إن أمكن. وعندما يُطلب منك ذلك، يوصلك الضغط على 55 بالشرطة. من المهم البقاء على "
                "الخط، فالضغط على 55 لا يكشف لهم مكانك."
            ),
        },
        number="999",
    ),
    OtherWay(
        name={"en": "In British Sign Language", "ar": "بلغة الإشارة البريطانية (BSL)"},
        about={
            "en": (
                "On a video call, a 999 BSL interpreter passes on what you sign to the emergency "
                "services. Free, day and night."
            ),
            "ar": (
                "في مكالمة فيديو، ينقل مترجم من خدمة \u200e999 BSL إشاراتك إلى خدمات الطوارئ. "
                "مجانًا، ليلًا ونهارًا."
            ),
        },
        website="https://999bsl.co.uk",
    ),
    OtherWay(
        name={"en": "By typing, with Relay UK", "ar": "بالكتابة، عبر Relay UK"},
        about={
            "en": (
                "From the Relay UK app or a textphone, 18000 is for emergencies. For any other "
                "number, put 18001 in front of it."
            ),
            "ar": (
                "من تطبيق Relay UK أو من هاتف نصّي، الرقم 18000 للطوارئ. ولأي رقم آخر، تُكتب 18001 "
                "قبله."
            ),
        },
    ),
    OtherWay(
        name={"en": "By text message to 999", "ar": "برسالة نصية إلى 999"},
        about={
            "en": (
                "Your phone has to be registered first, so do this before you need it: text "
                "“register” to 999 and follow the replies."
            ),
            "ar": (
                "يجب تسجيل هاتفك أولًا، فمن الأفضل فعل ذلك قبل الحاجة إليه: بإرسال كلمة register "
                "إلى 999، ثم اتباع الردود."
            ),
        },
        number="999",
        text="register",
    ),
    OtherWay(
        name={"en": "If someone checks your phone", "ar": "إذا كان شخص يراقب هاتفك"},
        about={
            "en": (
                "Calls and texts stay in its list until you delete them. The phone of someone you "
                "trust, or one at work or at your GP’s, may be safer."
            ),
            "ar": (
                "تبقى المكالمات والرسائل في سجلّ الهاتف إلى أن تُحذف. قد يكون هاتف شخص موثوق، أو "
                "هاتف في العمل أو في عيادة الطبيب، أكثر أمانًا."
            ),
        },
    ),
)
