"""A document made by hand in which everything occurs that a document can hold."""

from msgspec.structs import replace

from closer.drafting.document import (
    Annex,
    Article,
    Block,
    Definition,
    Document,
    Paragraph,
    Provision,
    Reference,
    Row,
    SignatureBlock,
    Span,
    Table,
    Value,
    Words,
)

LONG_WORD = "Donaudampfschifffahrt" * 15
HARD = 'Smith & Sons <"Quality"> [O\'Neill] 🏗️ שלום'


def text(*spans: Span | str, conspicuous: bool = False) -> Paragraph:
    return Paragraph(spans=_spans(spans), conspicuous=conspicuous)


def item(label: str, *spans: Span | str) -> Paragraph:
    return Paragraph(spans=_spans(spans), level=1, label=label)


def subitem(label: str, *spans: Span | str) -> Paragraph:
    return Paragraph(spans=_spans(spans), level=2, label=label)


def _spans(parts: tuple[Span | str, ...]) -> tuple[Span, ...]:
    return tuple(Words(p) if isinstance(p, str) else p for p in parts)


def section(
    id_: str, number: str, heading: str, *blocks: Block, **more: bool
) -> Provision:
    return Provision(id=id_, number=number, heading=heading, blocks=blocks, **more)


PRICE = Value("price.total", "USD\u00a048,500.00")
CLIENT = Value("parties.client.name", "Whitfield Ceramics LLC")
CONTRACTOR = Value("parties.contractor.name", "Gulf Coast Builders LLC")

DEFINITIONS = Article(
    id="definitions",
    number="1",
    heading="Definitions",
    provisions=(
        section(
            "defined-words",
            "1.1",
            "Defined words",
            text("In this Agreement:"),
            text(
                Definition("Business Day"),
                " means a day other than a Saturday, a Sunday or a public holiday in"
                " the United States of America, and each period of Business Days runs"
                " as section ",
                Reference("periods", "4.2"),
                " says.",
            ),
            text(
                Definition("Force Majeure"),
                " means an event that meets each of these tests:",
            ),
            item("(a)", "it lies beyond the reasonable control of the Party;"),
            item("(b)", "it could not have been avoided with reasonable care; and"),
            item("(c)", "it is one of:"),
            subitem("(i)", "a named storm, a flood or an earthquake;"),
            subitem("(ii)", "an order of a public authority; or"),
            subitem("(iii)", "an epidemic."),
            text(Definition("Loss"), " means each of these:"),
            item("(a)", "damage to property; and"),
            item("(b)", "the cost of repair."),
            text(Definition("Price"), " means ", PRICE, "."),
        ),
        section(
            "reading",
            "1.2",
            "How this Agreement is read",
            text(
                "A heading is for reference alone. A word in the singular includes the"
                " plural. \"Including\" means 'including without limitation', and the"
                " Parties' annexes are part of this Agreement."
            ),
        ),
    ),
)

WORK = Article(
    id="work",
    number="2",
    heading="The Work",
    provisions=(
        section(
            "scope",
            "2.1",
            "Scope",
            text(
                "The Contractor shall carry out the Work described in Annex ",
                Reference("milestones", "A"),
                ", with the skill and care that a builder of good standing in Florida"
                " would use, and shall complete each milestone on or before its due"
                " date.",
            ),
        ),
        section(
            "duties",
            "2.2",
            "Duties on site",
            item("(a)", "keep the site safe, clean and dry;"),
            item("(b)", "send the site diary each Friday by 17:00; and"),
            item("(c)", "insure as section ", Reference("insurance", "2.3"), " asks."),
        ),
        section(
            "insurance",
            "2.3",
            "Insurance",
            text(
                "The Contractor shall hold general liability insurance of at least ",
                Value("insurance.cover.0.limit", "USD\u00a01,000,000.00"),
                ":",
            ),
            item("(a)", "from the Effective Date until the end of the Term; and"),
            item("(aa)", "for the tail period that Amendment No. 1 adds; and"),
            item("(b)", "for each event, without a limit on the number of events."),
            text(
                "The certificate is delivered ",
                Value("insurance.certificate", "5 days before the Effective Date"),
                ". The Client may ask for it again once in each year.",
            ),
            item("(c)", "An endorsement names the Client."),
        ),
        section(
            "insurance-tail",
            "2.3A",
            "Tail cover",
            text("The cover continues for ", Value("insurance.tail", "2 years"), ":"),
            item("(a)", "at the cost of the Contractor; and"),
            item("(b)", "with an insurer rated:"),
            subitem("(i)", "A\u2212 or better by one agency; or"),
            subitem("(ii)", "the like by another."),
            inserted=True,
        ),
        section(
            "subcontracting",
            "2.4",
            "",
            text("[Intentionally omitted]"),
            omitted=True,
        ),
        section(
            "changes",
            "2.5",
            "Changes of scope",
            text(
                "A change counts only if both Parties have signed it. The Contractor"
                " shall quote within ",
                Value("changes.quote_within", "5 Business Days"),
                " after a request, as section ",
                Reference("insurance-tail", "2.3A"),
                " and article ",
                Reference("tail", "3A"),
                " provide.",
            ),
        ),
    ),
)

PAYMENT = Article(
    id="price",
    number="3",
    heading="Price and Payment",
    provisions=(
        section(
            "price-total",
            "3.1",
            "Price",
            text(
                "The Client shall pay ",
                PRICE,
                " for the Work, in the parts and on the days that this table shows:",
            ),
            Table(
                id="payments",
                header=("Payment", "Share", "Amount", "Due"),
                rows=(
                    Row(
                        "deposit",
                        (
                            (Words("Deposit"),),
                            (Value("price.payments.deposit.amount", "10%"),),
                            (Words("USD\u00a04,850.00"),),
                            (
                                Value(
                                    "price.payments.deposit.due", "the Effective Date"
                                ),
                            ),
                        ),
                    ),
                    Row(
                        "final",
                        (
                            (Words("Final payment"),),
                            (Value("price.payments.final.amount", "90%"),),
                            (Words("USD\u00a043,650.00"),),
                            (Words("10 Business Days after handover"),),
                        ),
                    ),
                ),
                widths=(5, 2, 4, 6),
                figures=(1, 2),
            ),
            text("No payment waits for an invoice."),
        ),
        section(
            "late-payment",
            "3.2",
            "Late payment",
            text(
                "A sum that is not paid when due bears interest of ",
                Value("price.late_interest", "1% per month"),
                " from the day after it was due. This section does not limit article ",
                Reference("liability", "5"),
                ".",
            ),
        ),
    ),
)

TAIL = Article(
    id="tail",
    number="3A",
    heading="Retention",
    inserted=True,
    provisions=(
        section(
            "retention",
            "3A.1",
            "Retention",
            text("The Client may keep back ", Value("price.retention", "5%"), ":"),
            item("(a)", "until handover; or"),
            item("(b)", "until the punch list is done."),
        ),
        section("release", "3A.2", "Release", text("It is then paid at once.")),
    ),
)

TIME = Article(
    id="time",
    number="4",
    heading="Time",
    provisions=(
        section(
            "extension",
            "4.1",
            "Extension of time",
            text(
                "Time is extended by each day lost to Force Majeure. Section ",
                Reference("periods", "4.2"),
                " says how days are counted; Annex ",
                Reference("extensions", "B"),
                " records them.",
            ),
        ),
        section(
            "periods",
            "4.2",
            "Periods",
            text(
                "The day of the event is not counted. A period that ends on no Business"
                " Day ends on the next one. The public holidays are: New Year's Day,"
                " Martin Luther King Jr. Day, Washington's Birthday, Memorial Day,"
                " Juneteenth National Independence Day, Independence Day, Labor Day,"
                " Columbus Day, Veterans Day, Thanksgiving Day and Christmas Day."
            ),
        ),
    ),
)

LIABILITY = Article(
    id="liability",
    number="5",
    heading="Liability",
    provisions=(
        section(
            "cap",
            "5.1",
            "Cap",
            text(
                "The liability of each Party in all is limited to ",
                PRICE,
                ". Nothing in this Agreement limits liability for death, personal"
                " injury or fraud, nor for what section ",
                Reference("insurance", "2.3"),
                " covers.",
                conspicuous=True,
            ),
        ),
        section(
            "names",
            "5.2",
            "Names as they are",
            text("A name is printed as it is: ", Value("parties.x.name", HARD), "."),
            text("Nothing is cut: ", Value("long", LONG_WORD), "."),
            text(
                Words("Read this before you sign.", strong=True),
                " The ",
                Value("a." + "very-long-path." * 8 + "end", "last\nline"),
                " stays.",
            ),
        ),
    ),
)

ROWS = tuple(
    Row(
        f"m{n}",
        (
            (Words(str(n)),),
            (Value(f"milestones.m{n}.title", f"Milestone {n}: rough-in and review"),),
            (Words("Contractor"),),
            (Value(f"milestones.m{n}.due", f"August {n % 28 + 1}, 2026"),),
            (Words(f"{n * 1250:,}.00"),),
        ),
    )
    for n in range(1, 31)
)

ANNEXES = (
    Annex(
        id="milestones",
        number="A",
        heading="Milestones",
        blocks=(
            text("Each milestone is met when it passes the inspection of the county."),
            Table(
                id="milestones",
                header=("No.", "Milestone", "Owner", "Due", "USD"),
                rows=ROWS,
                widths=(2, 9, 4, 5, 4),
                figures=(0, 4),
            ),
        ),
    ),
    Annex(
        id="extensions",
        number="B",
        heading="Extensions of Time",
        blocks=(
            text("An extension is recorded with:"),
            item("(a)", "the day it began;"),
            item("(b)", "the days lost:"),
            subitem("(i)", "on site; and"),
            subitem("(ii)", "in the supply of material; and"),
            item("(c)", "the new due date."),
            text("The record is kept by the Contractor."),
            item("(a)", "It is signed by both Parties."),
        ),
    ),
)


def _signature(
    party: str, role: str, name: Value, person: str, title: str
) -> SignatureBlock:
    path = f"parties.{party}.signatory"
    return SignatureBlock(
        party=party,
        heading=role,
        name=(name,),
        lines=(
            ("By", ()),
            ("Name", (Value(f"{path}.name", person),)),
            ("Title", (Value(f"{path}.title", title),)),
            ("Date", ()),
        ),
    )


SPECIMEN = Document(
    kind="contract",
    title="Garage and Backyard Remodel Agreement",
    subtitle="418 Bayshore Drive, Tampa",
    reference="HOM-2026-014",
    language="en-US",
    draft=True,
    cover=(
        ("Reference", (Value("reference", "HOM-2026-014"),)),
        ("Client", (CLIENT,)),
        ("Contractor", (CONTRACTOR,)),
        ("Effective date", (Value("effective", "August 3, 2026"),)),
        ("Price", (PRICE, Words(", paid in two parts"))),
        (
            "Completion",
            (Words("Handover, "), Value("milestones.handover.due", "5 Business Days")),
        ),
        ("Governing law", (Value("dispute_resolution.governing_law", "Florida"),)),
        (
            "Disputes",
            (
                Words(
                    "Negotiation, then executives, then mediation (AAA, Tampa), then"
                    " arbitration under the AAA Construction Industry rules"
                ),
            ),
        ),
    ),
    preamble=(
        text(
            "This ",
            Definition("Agreement"),
            " is made on ",
            Value("effective", "August 3, 2026"),
            " between:",
        ),
    ),
    parties=(
        _spans(
            (
                CLIENT,
                ", a limited liability company formed in Florida, of ",
                Value(
                    "parties.client.address",
                    "418 Bayshore Drive, Tampa, Florida 33606, USA",
                ),
                " (the ",
                Definition("Client"),
                "); and",
            )
        ),
        _spans(
            (
                CONTRACTOR,
                ", a limited liability company formed in Florida, of ",
                Value(
                    "parties.contractor.address",
                    "2200 Causeway Boulevard, Tampa, Florida 33619, USA",
                ),
                " (the ",
                Definition("Contractor"),
                ").",
            )
        ),
    ),
    background=(
        (Words("The Client owns the studio at 418 Bayshore Drive."),),
        (Words("The Contractor holds the licence that the Work requires."),),
    ),
    lead_in=(Words("The Parties agree as follows."),),
    articles=(DEFINITIONS, WORK, PAYMENT, TAIL, TIME, LIABILITY),
    annexes=ANNEXES,
    closing_words=(
        Words(
            "The Parties have signed this Agreement on the days that stand beside their"
            " signatures; it takes effect on the Effective Date."
        ),
    ),
    signatures=(
        _signature("client", "Client", CLIENT, "Dana Whitfield", "Member"),
        _signature(
            "contractor", "Contractor", CONTRACTOR, "Luis Ortega", "Managing Member"
        ),
        _signature(
            "guarantor",
            "Guarantor",
            Value(
                "parties.guarantor.name", "Ortega Family Holdings of Hillsborough LP"
            ),
            "Consuelo Maria Ortega-Villanueva",
            "General Partner",
        ),
    ),
    open_points=(
        "The county's permit number is not known yet.",
        "Dana Whitfield has not confirmed these terms.",
    ),
    labels={
        "annex": "Annex",
        "background": "Background",
        "contents": "Contents",
        "draft": "DRAFT",
        "draft_note": "For discussion only; it binds nobody.",
        "key_terms": "Key terms",
        "of": "of",
        "open_points": "Open points",
        "page": "Page",
        "parties": "Parties",
        "reference": "Reference",
        "signatures": "Signatures",
    },
    properties={
        "closer.terms": "4f1d" * 16,
        "closer.library": "a0b1" * 16,
        "closer.date": "2026-08-03",
    },
)


def long_specimen(times: int) -> Document:
    """The specimen with many more sections: a document of ordinary length."""
    articles = []
    for turn in range(times):
        for article in (WORK, TIME, PAYMENT):
            number = len(articles) + 1
            kept = [p for p in article.provisions if not p.inserted]
            provisions = tuple(
                replace(p, id=f"{p.id}-{turn}", number=f"{number}.{place}")
                for place, p in enumerate(kept, 1)
            )
            articles.append(
                replace(
                    article,
                    id=f"{article.id}-{turn}",
                    number=str(number),
                    provisions=_pointing(provisions),
                )
            )
    return replace(SPECIMEN, articles=tuple(articles))


def _pointing(provisions: tuple[Provision, ...]) -> tuple[Provision, ...]:
    """References of a copied article point to the first section of itself."""
    target = provisions[0]

    def turned(block: Block) -> Block:
        if isinstance(block, Table):
            return block
        spans = tuple(
            Reference(target.id, target.number)
            if isinstance(s, Reference) and s.target not in ("milestones", "extensions")
            else s
            for s in block.spans
        )
        return replace(block, spans=spans)

    return tuple(replace(p, blocks=tuple(map(turned, p.blocks))) for p in provisions)
