"""Of any value: it reads back as it prints; of any sum: its shares make it again."""

from datetime import date, time
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from closer.terms.currencies import MINOR_UNITS
from closer.terms.model import Payment, Price, Terms
from closer.terms.money import part_of, sum_of
from closer.terms.rhythms import On, Rhythm, Target
from closer.terms.source import compose
from closer.terms.splicing import written
from closer.terms.values import (
    Anchor,
    Extreme,
    Money,
    Offset,
    Period,
    Rate,
    Rest,
    Share,
    Unreadable,
    read_date,
    read_moment,
)

currencies = st.sampled_from(sorted(MINOR_UNITS))
dates = st.dates(date(1900, 1, 1), date(2299, 12, 31))
figures = st.integers(0, 10**12)
units = st.sampled_from(("year", "month", "week", "day", "hour", "business day"))
ids = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)


@st.composite
def sums(draw: st.DrawFn) -> Money:
    currency = draw(currencies)
    return Money(currency, Decimal(draw(figures)).scaleb(-MINOR_UNITS[currency]))


@st.composite
def shares(draw: st.DrawFn) -> Share:
    return Share.read(f"{draw(st.integers(0, 10**9)) / Decimal(10**6):f}%")


@st.composite
def periods(draw: st.DrawFn) -> Period:
    parts = draw(
        st.lists(st.tuples(st.integers(0, 100), units), min_size=1, max_size=3)
    )
    return Period.read(" and ".join(f"{number} {unit}s" for number, unit in parts))


anchors = st.one_of(
    st.builds(Anchor, st.sampled_from(("signing", "effective", "end", "renewal"))),
    st.builds(
        Anchor,
        ids.filter(lambda name: name not in ("signing", "effective", "end", "renewal")),
        st.sampled_from(("", "due", "met", "accepted")),
    ),
)
moments = st.recursive(
    dates | anchors,
    lambda inner: st.one_of(
        st.builds(Offset, periods(), st.sampled_from(("after", "before")), inner),
        st.builds(
            Extreme, st.sampled_from(("later", "earlier")), st.tuples(inner, inner)
        ),
    ),
    max_leaves=4,
)


@given(sums())
def test_a_sum_reads_back(money: Money) -> None:
    assert Money.read(str(money)) == money
    assert Money.read(f"{money.currency} {money.amount:,}") == money


@given(shares())
def test_a_share_reads_back(share: Share) -> None:
    assert Share.read(str(share)) == share


@given(periods())
def test_a_period_reads_back(period: Period) -> None:
    assert Period.read(str(period)) == period


@given(dates)
def test_a_date_reads_back(day: date) -> None:
    assert read_date(str(day)) == day


@given(moments)
def test_a_moment_reads_back(moment: date | Anchor | Offset | Extreme) -> None:
    assert read_moment(str(moment)) == moment


@given(sums() | shares(), st.sampled_from(("hour", "calendar day", "month", "year")))
def test_a_rate_reads_back(amount: Money | Share, per: str) -> None:
    rate = Rate(amount, per)  # type: ignore[arg-type]
    assert Rate.read(str(rate)) == rate


@given(
    st.integers(1, 12),
    st.one_of(
        st.tuples(st.just("week"), st.builds(On, weekday=st.integers(0, 6))),
        st.tuples(st.just("month"), st.builds(On, day=st.integers(1, 31))),
        st.tuples(
            st.just("quarter"),
            st.builds(
                On, weekday=st.integers(0, 6), nth=st.sampled_from((1, 2, 3, 4, -1))
            ),
        ),
        st.tuples(
            st.just("year"),
            st.builds(On, day=st.integers(1, 28), month=st.integers(1, 12)),
        ),
        st.tuples(st.sampled_from(("day", "month")), st.none()),
    ),
    st.none() | st.times().map(lambda at: time(at.hour, at.minute)),
    st.none() | st.integers(1, 999),
    st.tuples(st.none() | moments, st.none() | moments),
)
def test_a_rhythm_reads_back(
    every: int,
    on: tuple[str, On | None],
    at: time | None,
    minutes: int | None,
    bounds: tuple[date | Anchor | Offset | Extreme | None, ...],
) -> None:
    rhythm = Rhythm(
        every=every,
        unit=on[0],  # type: ignore[arg-type]
        on=on[1],
        at=at,
        minutes=minutes if at else None,
        start=bounds[0],
        until=bounds[1],
    )
    assert Rhythm.read(str(rhythm)) == rhythm


@given(
    st.sampled_from(("at least", "at most")),
    st.integers(0, 10**8),
    st.from_regex(r"(%|[a-z][a-z -]{0,10}[a-z])?", fullmatch=True),
)
def test_a_target_reads_back(bound: str, number: int, unit: str) -> None:
    target = Target.read(f"{bound} {number / Decimal(100)} {unit}")
    assert Target.read(str(target)) == target


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    readers = (Money.read, Share.read, Period.read, Rate.read, Rhythm.read, Target.read)
    for read in (*readers, read_date, read_moment):
        try:
            value = read(text)
        except Unreadable:
            continue
        assert read(str(value)) == value


@given(sums(), st.lists(st.integers(1, 100), min_size=1, max_size=5))
def test_payments_by_share_and_rest_make_exactly_the_price(
    total: Money, weights: list[int]
) -> None:
    each = [Share.read(f"{w}%") for w in weights if sum(weights) <= 100]
    payments = {
        f"part-{n}": Payment(amount=share, payer="client")
        for n, share in enumerate(each)
    }
    payments["last"] = Payment(amount=Rest(), payer="client")
    price = Price(total=total, payments=payments)
    terms = replace(EMPTY, price=price, currency=total.currency)
    amounts = [sum_of(payment, terms) for payment in payments.values()]
    assert sum(money.amount for money in amounts) == total.amount
    assert all(str(money).startswith(total.currency) for money in amounts)


EMPTY = Terms(
    contract="services",
    title="Any",
    reference="ANY-1",
    effective=date(2026, 1, 1),
    parties={},
)  # type: ignore[arg-type]


@given(sums(), shares())
def test_a_share_of_a_sum_is_payable_to_the_minor_unit(
    total: Money, share: Share
) -> None:
    part = part_of(share, total)
    exact = total.amount * share.percent / 100
    assert (
        abs(part.amount - exact) <= Decimal(1).scaleb(-MINOR_UNITS[part.currency]) / 2
    )
    assert Money.read(str(part)) == part or part.amount > 10**18


values = st.recursive(
    st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), max_codepoint=0x2FFF)
        | st.sampled_from(":#{}[],&*!|>'\"%@`-? \n"),
        max_size=12,
    ).map(str.strip),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(ids.filter(lambda key: key != "y"), inner, max_size=3),
    ),
    max_leaves=6,
)


@given(values)
def test_whatever_is_written_reads_back(value: object) -> None:
    from closer.terms.reading import plain  # noqa: PLC0415 - beside its one use

    for text in (f"a: {written(value, flow=False)}\n", f"{{a: {written(value)}}}\n"):
        source, problems = compose(text, "x")
        if any(problem.code == "F13" for problem in problems):
            continue
        assert source is not None, (text, problems)
        assert plain(source.root) == {"a": value}
