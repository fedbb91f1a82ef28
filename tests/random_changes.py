"""Random changes of the garage deal: some paths of many kinds, with values for each."""

from random import Random

from closer.terms.changes import amended, read_change
from closer.terms.reading import Agreed
from closer.terms.splicing import written

HEAD = "amends: HOM-2026-014\neffective: 2026-10-05\nchanges:\n"

VALUES: dict[str, list[str]] = {
    "milestones.garage.due": ["2026-10-09", "3 weeks after permits", "later by 1 week"],
    "milestones.backyard.due": ["earlier by 1 week", "signing"],
    "milestones.backyard.exposed_to": ["[weather]", "removed"],
    "milestones.patio": ["{title: Patio, owner: both, due: 1 day after garage}"],
    "price.total": ["50000", "USD 60,000.50"],
    "price.late_interest": ["2% per month", "removed"],
    "price.payments.extra": ['{amount: "USD 1,650.00", payer: client, due: end}'],
    "warranty": ["removed", "{lasts: 2 years, from: signing}"],
    "warranty.lasts": ["2 years"],
    "obligations.diary.what": ["keep a diary", "'write: # everything down'"],
    "obligations.diary": ["removed"],
    "contingencies.weather": ["removed"],
    "contingencies.force_majeure.causes": ["[war, 'flood, and tide']"],
    "contingencies.force_majeure.end_after.days": ["90"],
    "dispute_resolution.small_claims": ["no", "removed"],
    "dispute_resolution.steps.mediation.within": ["60 days"],
    "governance.progress_reviews": ["every week", "removed"],
    "governance.benchmarks.on_time": ["removed"],
    "follow_up.reminders": ["[7 days]"],
    "confidentiality": ["{lasts: 3 years, from: end}"],
    "intellectual_property.results": ["client"],
    "special_terms.pets.text": ["No dogs, no cats: none"],
}


def made(before: Agreed, changes: dict[str, str]) -> Agreed:
    lines = "".join(
        f"  {path}: {value if value[0] in '[{' else written(value.strip(chr(39)))}\n"
        for path, value in changes.items()
    )
    change, problems = read_change(HEAD + lines, "change.yaml")
    assert change is not None, problems
    after, problems = amended(before, change)
    assert after is not None, problems
    return after


def random_changes(seed: int) -> dict[str, str]:
    """Return between one and six changes, none of them inside another."""
    chance = Random(seed)
    paths = chance.sample(sorted(VALUES), chance.randint(1, 6))
    paths = [p for p in paths if not any(p.startswith(f"{q}.") for q in paths)]
    found = {path: chance.choice(VALUES[path]) for path in paths}
    if "intellectual_property.results" in found:
        found["intellectual_property.on"] = "creation"
    return found
