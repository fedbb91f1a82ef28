"""Killed at any instant, the register is as before or as after."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GARAGE = ROOT / "samples" / "garage-remodel" / "agreed.yaml"
REF = "HOM-2026-014"
KILLS = 30


def _closer(folder: Path, *arguments: str) -> list[str]:
    register = ["--register", str(folder / "register.sqlite")]
    return [sys.executable, "-m", "closer", *arguments, *register]


@pytest.mark.slow
def test_a_killed_record_is_whole_or_not_there(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    sign = _closer(tmp_path, "sign", str(GARAGE), "--on", "2026-07-31")
    subprocess.run(sign, check=True, capture_output=True, env=environment)
    record = _closer(tmp_path, "record", REF, "obligations.diary", "--force")
    start = time.perf_counter()
    subprocess.run(record, check=True, capture_output=True, env=environment)
    took = time.perf_counter() - start
    before = 2
    for number in range(KILLS):
        process = subprocess.Popen(
            record,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        time.sleep(1.5 * took * number / KILLS)
        process.kill()
        process.wait()
        log = subprocess.run(
            _closer(tmp_path, "log", REF, "--json"),
            check=True,
            capture_output=True,
            env=environment,
        )
        now = len(json.loads(log.stdout))
        assert now in (before, before + 1)
        before = now
    verified = subprocess.run(
        _closer(tmp_path, "register", "verify"),
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )
    assert "every chain whole" in verified.stdout
    assert 2 < before < KILLS + 2, "kills must fall before and after the writing"
