"""What an entry of the journal was about, in a few words."""

from closer.register.journal import Entry


def about(entry: Entry) -> str:
    """Say what an entry was about: a path, a reading, an issue, a reason."""
    data = {key: str(value) for key, value in entry.data.items()}
    if entry.kind in ("signed", "amended", "waived"):
        said = data["name"]
        return (
            f"{said}, despite open points: {data['despite']}"
            if "despite" in data
            else said
        )
    if entry.kind == "measured":
        credit = entry.data.get("credit")
        due = f"; credit {_credit(credit)}" if isinstance(credit, dict) else ""
        return f"{data['benchmark']} {data['value']}{due}"
    if entry.kind == "raised":
        return f"{data['text']} ({data['about']})" if data["about"] else data["text"]
    if entry.kind == "settled":
        outcome = f": {data['outcome']}" if data["outcome"] else ""
        return f"issue {data['issue']}{outcome}"
    if entry.kind == "escalated":
        until = f" until {data['ends']}" if entry.data.get("ends") else ""
        return f"issue {data['issue']} to {data['step']}{until}"
    if entry.kind == "undone":
        why = f": {data['why']}" if data["why"] else ""
        return f"entry {data['entry']}{why}"
    evidence = f" ({data['evidence']})" if "evidence" in data else ""
    return f"{data.get('path', '')}{evidence}"


def _credit(credit: dict[object, object]) -> str:
    return str(credit.get("sum") or credit.get("share") or "to be worked out")
