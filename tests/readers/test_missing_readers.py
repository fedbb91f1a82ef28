from collections.abc import Callable

import pytest
from _pytest.outcomes import Failed, Skipped


def test_a_missing_reader_skips_with_its_name(
    reader: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(Skipped, match="no-such-reader is not installed"):
        reader("no-such-reader")
    assert "no-such-reader" in capfd.readouterr().err


def test_a_missing_reader_fails_in_ci(
    library: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(Failed, match="no_such_library"):
        library("no_such_library")
