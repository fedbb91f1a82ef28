"""Terms and library → the contract, whole: numbered, cross-referenced, signed for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from closer.drafting.document import (
    Annex,
    Article,
    Block,
    Document,
    Paragraph,
    Provision,
    Reference,
    SignatureBlock,
    Span,
    Value,
    plain,
)
from closer.drafting.filling import Filling
from closer.drafting.lists import conjunction, punctuated
from closer.drafting.phrases import Phrase, Phrases
from closer.drafting.selection import (
    Scope,
    Section,
    articles,
    holds,
    roles_of,
    sections,
)
from closer.drafting.turning import turned, turned_blocks
from closer.library.choosing import chosen
from closer.library.loading import Clause, Library
from closer.terms.model import JointPerson, Party, Signatory, Terms

Line = tuple[str, tuple[Span, ...]]
"""A line of a signature block: what it asks for, and what is known of it."""


class Draft(NamedTuple):
    """A document and what it took to write it."""

    document: Document
    printed: Mapping[str, str]
    """Paths of the terms that stand in it as a value → provision or annex."""
    decided: Mapping[str, str]
    """Paths of the terms that chose a sentence of it → provision or annex."""
    chosen: Mapping[str, str] = {}
    """Paths of terms → the words that they brought in without standing in them."""


def draft(
    terms: Terms,
    library: Library,
    *,
    facts: Mapping[str, Phrase],
    properties: Mapping[str, str],
    open_points: Sequence[str] = (),
    final: bool = False,
) -> Draft:
    """Write the contract that the terms describe.

    `facts`: what blanks under `deal.` print (`deal_facts`). A term that the library
    cannot print is found by `drafting.checks`, not here.
    """
    library = chosen(library, terms)
    contract = library.types[terms.contract]
    roles = roles_of(terms, contract)
    by_name = not contract.roles
    phrases = Phrases(library.phrases, terms, roles, by_name=by_name)
    filling = Filling(terms, library, phrases, facts)
    assembly = _Assembly(filling)
    document = assembly.document(properties, tuple(open_points), final=final)
    return Draft(document, filling.printed, filling.decided, filling.chosen)


class _Assembly:
    def __init__(self, filling: Filling) -> None:
        self.filling = filling
        self.terms = filling.terms
        self.library = filling.library
        self.contract = filling.contract

    def document(
        self,
        properties: Mapping[str, str],
        open_points: tuple[str, ...],
        *,
        final: bool,
    ) -> Document:
        """Fill the slots in the order of the document, then number and refer."""
        terms = self.terms
        document = Document(
            kind="contract",
            title=terms.title,
            reference=terms.reference,
            language=terms.language,
            draft=not final,
            preamble=self._loose("preamble"),
            parties=self._parties(),
            background=self._runs("background"),
            lead_in=self._run("lead-in"),
            articles=tuple(self._article(*named) for named in self._articles()),
            annexes=self._annexes(),
            closing_words=self._run("closing"),
            cover=self._cover(),
            signatures=tuple(self._signatures()),
            open_points=open_points,
            labels=dict(self.contract.labels),
            properties=dict(properties),
        )
        self.filling.prints("title", "reference")
        articles = self._with_definitions(document.articles)
        return resolved(replace(document, articles=_numbered(articles)))

    def _articles(self) -> Iterator[tuple[str, str]]:
        return articles(self.terms, self.contract)

    def _article(self, id_: str, heading: str) -> Article:
        found = sections(id_, self.terms, self.library)
        provisions = tuple(
            self._provision(section, found, place)
            for place, section in enumerate(found)
        )
        return Article(id=id_, number="", heading=heading, provisions=provisions)

    def _provision(
        self, section: Section, found: Sequence[Section], place: int
    ) -> Provision:
        clause = section.clause
        scope = section.scope
        self.filling.here = section.id
        near = _Neighbours(
            found[place - 1].id if place else "",
            found[place + 1].id if place + 1 < len(found) else "",
            clause.slot,
        )
        blocks = self.filling.blocks(
            clause.blocks, scope, conspicuous=clause.conspicuous
        )
        self.filling.decides(clause.when, scope, blocks)
        titled = self.filling.spans(clause.heading_parts, scope)
        return Provision(
            id=section.id,
            number="",
            heading=plain(titled) or clause.heading,
            titled=titled if any(isinstance(s, Value) for s in titled) else (),
            blocks=turned_blocks(blocks, near.named),
            edition=clause.edition,
        )

    def _with_definitions(self, bare: Sequence[Article]) -> tuple[Article, ...]:
        """Add the definitions that the text uses, in alphabetical order."""
        paragraphs = [block for _, block in sorted(self._definitions().items())]
        return tuple(
            _ending_with(article, paragraphs)
            if article.id == "definitions"
            else article
            for article in bare
            if article.provisions
        )

    def _definitions(self) -> dict[str, Block]:
        """Return the definition of each word in use, and of the words those use."""
        scope = Scope(self.terms)
        found: dict[str, Block] = {}
        while True:
            wanted = [
                clause
                for clause in self.library.clauses.values()
                if clause.defines
                and self._defined(clause) in self.filling.uses
                and self._defined(clause) not in found
                and holds(clause.when, scope)
            ]
            if not wanted:
                return found
            for clause in wanted:
                word = self._defined(clause)
                blocks = self.filling.blocks(clause.blocks, scope)
                self.filling.decides(clause.when, scope, blocks)
                for place, block in enumerate(blocks):
                    key = word + ("" if place == 0 else f"\0{place:02d}")
                    found[key] = block
                found.setdefault(word, Paragraph(spans=()))

    def _defined(self, clause: Clause) -> str:
        """Return the word that a clause defines, as this contract type prints it."""
        word = clause.defines or ""
        return self.contract.words.get(word, word)

    def _annexes(self) -> tuple[Annex, ...]:
        scope = Scope(self.terms)
        chosen = [a for a in self.contract.annexes if holds(a.when, scope)]
        built: list[Annex] = []
        for shape in chosen:
            self.filling.here = shape.id
            blocks = self.filling.blocks(shape.blocks, scope)
            self.filling.decides(shape.when, scope, blocks)
            number = chr(ord("A") + len(built))
            built.append(
                Annex(id=shape.id, number=number, heading=shape.heading, blocks=blocks)
            )
        return tuple(built)

    def _cover(self) -> tuple[tuple[str, tuple[Span, ...]], ...]:
        scope = Scope(self.terms)
        self.filling.here = ""
        return tuple(
            (row.label, self.filling.spans(row.parts, scope))
            for row in self.contract.cover
            if holds(row.when, scope)
        )

    def _loose(self, slot: str) -> tuple[Paragraph, ...]:
        """Fill a slot whose clauses are unnumbered paragraphs."""
        return tuple(
            block
            for section in sections(slot, self.terms, self.library)
            for block in self.filling.blocks(section.clause.blocks, section.scope)
            if isinstance(block, Paragraph)
        )

    def _parties(self) -> tuple[tuple[Span, ...], ...]:
        """Fill the paragraphs of the parties, joined like the items of a list."""
        named = sections("parties", self.terms, self.library)
        blocks = [block for section in named for block in section.clause.blocks]
        joint = conjunction(replace(block, kind="item") for block in blocks)
        items = [replace(each, level=1) for each in self._loose("parties")]
        ended = punctuated(items, joint)
        return tuple(each.spans for each in ended if isinstance(each, Paragraph))

    def _runs(self, slot: str) -> tuple[tuple[Span, ...], ...]:
        return tuple(paragraph.spans for paragraph in self._loose(slot))

    def _run(self, slot: str) -> tuple[Span, ...]:
        return next(iter(self._runs(slot)), ())

    def _signatures(self) -> Iterator[SignatureBlock]:
        for identifier, party in self.terms.parties.items():
            role = self.filling.phrases.party(identifier)
            path = f"parties.{identifier}"
            persons: dict[str, Party | JointPerson] = {path: party}
            persons |= {f"{path}.also.{key}": each for key, each in party.also.items()}
            for at, person in persons.items():
                yield SignatureBlock(
                    party=at.removeprefix("parties.").replace(".also.", "-"),
                    heading=next(iter(role.uses)),
                    name=(Value(f"{at}.name", person.name),),
                    lines=tuple(self._signature_lines(at, person)),
                )

    def _signature_lines(
        self, path: str, person: Party | JointPerson
    ) -> Iterator[Line]:
        second = getattr(person, "second_signatory", None)
        yield from self._hand(f"{path}.signatory", person.signatory)
        if second is not None:
            yield from self._hand(f"{path}.second_signatory", second)

    def _hand(self, path: str, person: Signatory | None) -> Iterator[Line]:
        """Yield the lines for one hand, and for the witness who is there to see it."""
        labels, printed = self.contract.labels, self._printed
        yield labels["signature"], ()
        if person is not None:
            yield labels["name"], printed(f"{path}.name", person.name)
            if person.title:
                yield labels["title"], printed(f"{path}.title", person.title)
        yield labels["date"], ()
        if person is not None and person.witness:
            word = self.filling.phrases.word
            yield word("signing", "witness"), ()
            yield (
                word("signing", "witness_name"),
                printed(f"{path}.witness", person.witness),
            )
            yield word("signing", "witness_address"), ()

    def _printed(self, path: str, value: str) -> tuple[Span, ...]:
        self.filling.prints(path)
        return (Value(path, value),)


class _Neighbours(NamedTuple):
    previous: str
    next: str
    article: str

    def named(self, span: Span) -> Span:
        """Turn `{previous}`, `{next}` and `{article}` into what stands there."""
        if isinstance(span, Reference) and span.target in self._fields:
            return Reference(getattr(self, span.target), "")
        return span


def _ending_with(article: Article, blocks: Sequence[Block]) -> Article:
    first, *others = article.provisions
    longer = replace(first, blocks=(*first.blocks, *blocks))
    return replace(article, provisions=(longer, *others))


def _numbered(bare: Sequence[Article]) -> tuple[Article, ...]:
    """Give articles 1, 2, 3 and their sections 1.1, 1.2."""
    return tuple(
        replace(
            article,
            number=str(n),
            provisions=tuple(
                replace(provision, number=f"{n}.{m}")
                for m, provision in enumerate(article.provisions, 1)
            ),
        )
        for n, article in enumerate(bare, 1)
    )


def resolved(document: Document) -> Document:
    """Put the number of its target into every reference of a document.

    Raises KeyError for a target that does not stand in it: the library's check proves
    that this cannot happen, and a contract must never be written if it does.
    """
    numbers = {article.id: article.number for article in document.articles}
    numbers |= {each.id: each.number for each in document.provisions()}
    numbers |= {annex.id: annex.number for annex in document.annexes}
    return turned(document, lambda span: _pointing(span, numbers))


def _pointing(span: Span, numbers: Mapping[str, str]) -> Span:
    if isinstance(span, Reference):
        return Reference(span.target, numbers[span.target])
    return span
