"""Sums in words, for deals that ask for words beside the figures."""

from closer.terms.values import Money

# fmt: off
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen",
)
_TENS = (
    "", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
    "ninety",
)
# fmt: on
_SCALES = (
    (10**12, "trillion"),
    (10**9, "billion"),
    (10**6, "million"),
    (1000, "thousand"),
)


def sum_in_words(value: Money, language: str) -> str:
    """Return a sum in English words: forty-eight thousand five hundred US dollars.

    What is less than one stands as a fraction: one and 25/100 US dollars.
    """
    from babel.numbers import get_currency_name  # noqa: PLC0415 - few deals ask for it

    whole = int(value.amount)
    places = max(2, -int(value.amount.as_tuple().exponent))
    part = int((value.amount - whole) * 10**places)
    fraction = f" and {part:0{places}}/{10**places}" if part else ""
    count = 2 if part else whole
    name = get_currency_name(value.currency, count=count, locale="en")
    return f"{number_in_words(whole, language)}{fraction} {name}"


def number_in_words(number: int, language: str) -> str:
    """Return a whole number in words; British English puts `and` before the tens."""
    joint = "" if language == "en-US" else "and "
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        words = f"{_ONES[hundreds]} hundred"
        return f"{words} {joint}{number_in_words(rest, language)}" if rest else words
    size, scale = next(pair for pair in _SCALES if number >= pair[0])
    many, rest = divmod(number, size)
    words = f"{number_in_words(many, language)} {scale}"
    if not rest:
        return words
    return f"{words} {joint if rest < 100 else ''}{number_in_words(rest, language)}"
